package io.github.lyricist.cli;

import io.github.lyricist.RunFailedException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
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
   * Where the program is installed; empty where it was started without the script, as in an IDE.
   */
  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("lyricist.home")).map(Path::of);
  }

  /**
   * The same for what can't do without.
   *
   * @throws RunFailedException if the program was started without the script
   */
  static Path requireHome() {
    return home()
        .orElseThrow(
            () ->
                new RunFailedException(
                    "start the program with bin/lyricist, which this command needs"));
  }

  /**
   * The script itself.
   *
   * @throws RunFailedException if the program was started without it
   */
  static String program() {
    String name = File.separatorChar == '\\' ? "lyricist.bat" : "lyricist";
    return requireHome().resolve(Path.of("bin", name)).toString();
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
