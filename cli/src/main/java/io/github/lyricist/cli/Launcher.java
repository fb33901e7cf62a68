package io.github.lyricist.cli;

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

  /** A command line that the user can paste into a shell. */
  static String command(Object... words) {
    return name()
        + Arrays.stream(words)
            .map(word -> " " + quoted(word.toString()))
            .collect(Collectors.joining());
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
