package io.github.lyricist.tokens;

/**
 * How a text that someone else wrote is shown in a message or on a terminal: what could move the
 * cursor, change colours or hide other text is shown as its escape, an escape sequence of Java.
 */
public final class Excerpt {
  /** The longest text that is shown in full. */
  public static final int CHARACTERS = 100;

  private Excerpt() {}

  /** The text on one line, cut where it is long: what an error message quotes. */
  public static String of(String text) {
    return line(
        text.codePointCount(0, text.length()) > CHARACTERS
            ? text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "…"
            : text);
  }

  /** The whole text on one line; its line ends are shown as {@code \n} and {@code \r}. */
  public static String line(String text) {
    return escaped(text, "");
  }

  /** The whole text with its line feeds and tabs as they are, to be read on a terminal. */
  public static String visible(String text) {
    return escaped(text, "\n\t");
  }

  private static String escaped(String text, String kept) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (commands(character) && kept.indexOf(character) < 0) {
                shown.append(escape(character));
              } else {
                shown.appendCodePoint(character);
              }
            });
    return shown.toString();
  }

  private static String escape(int character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted(character);
    };
  }

  /**
   * Whether a character tells a terminal what to do: the control characters, other line ends, and
   * those that turn the direction of writing. Half of a surrogate pair, which no terminal can show,
   * is taken for one, too.
   */
  private static boolean commands(int character) {
    return Character.isISOControl(character)
        || (character >= 0x2028 && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || Character.getType(character) == Character.SURROGATE;
  }
}
