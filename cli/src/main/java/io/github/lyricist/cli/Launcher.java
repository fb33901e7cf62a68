package io.github.lyricist.cli;

import io.github.lyricist.RunFailedException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The script that started the program, as the user spelled it. */
final class Launcher {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%+=:,./_-]+");

  private Launcher() {}

  /** What the user typed to start the program: {@code ./lyricist}. */
  static String name() {
    return System.getProperty("lyricist.called", "lyricist");
  }

  /**
   * The script itself.
   *
   * @throws RunFailedException if the program was started without it
   */
  static String program() {
    String home = System.getProperty("lyricist.home");
    if (home == null) {
      throw new RunFailedException("start the program with bin/lyricist, which this command needs");
    }
    String name = File.separatorChar == '\\' ? "lyricist.bat" : "lyricist";
    return Path.of(home, "bin", name).toString();
  }

  /** A command line that the user can paste into a shell. */
  static String command(Object... words) {
    return quoted(name())
        + Arrays.stream(words)
            .map(word -> " " + quoted(word.toString()))
            .collect(Collectors.joining());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
