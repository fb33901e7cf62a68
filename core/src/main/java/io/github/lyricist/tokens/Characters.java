package io.github.lyricist.tokens;

/** What error messages and checks need to know of a single character, a Unicode code point. */
public final class Characters {
  private Characters() {}

  /** Whether a text is one character, be it whole or half of a surrogate pair. */
  public static boolean isOne(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) == 1;
  }

  /** Whether a character is half of a surrogate pair, which no UTF-8 text has. */
  public static boolean isHalf(String character) {
    return Character.getType(character.codePointAt(0)) == Character.SURROGATE;
  }

  /** Names a character: {@code 'x' (U+0078)}, or {@code U+000A} where it can't be seen. */
  public static String name(String character) {
    int codePoint = character.codePointAt(0);
    boolean isVisible =
        !Character.isWhitespace(codePoint) && Excerpt.line(character).equals(character);
    String number = "U+%04X".formatted(codePoint);
    return isVisible ? "'%s' (%s)".formatted(character, number) : number;
  }
}
