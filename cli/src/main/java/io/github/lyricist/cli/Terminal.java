package io.github.lyricist.cli;

/** What is known of the terminal. Java can't tell whether stderr is one, so the launcher does. */
final class Terminal {
  private Terminal() {}

  static boolean isTerminal() {
    return Boolean.getBoolean("lyricist.terminal");
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
