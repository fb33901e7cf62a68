package io.github.lyricist.cli;

/**
 * What is known of the terminal. Java can't tell which of its streams is one, so the launcher does.
 */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is one. */
  static boolean isTerminal() {
    return Boolean.getBoolean("lyricist.terminal");
  }

  /** Whether standard output is one. */
  static boolean isOutput() {
    return Boolean.getBoolean("lyricist.terminal.output");
  }

  /** Whether the user asked for no colours (no-color.org). */
  static boolean noColor() {
    String value = System.getenv("NO_COLOR");
    return value != null && !value.isEmpty();
  }

  /** Columns, where the launcher told. */
  static int width() {
    int width = Integer.getInteger("lyricist.columns", 80);
    return Math.max(40, width);
  }
}
