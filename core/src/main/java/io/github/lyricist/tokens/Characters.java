package io.github.lyricist.tokens;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

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

  /** The halves of surrogate pairs that a text has alone. */
  static List<String> halves(CharSequence text) {
    return text.codePoints().mapToObj(Character::toString).filter(Characters::isHalf).toList();
  }

  /** A text without them. */
  static String withoutHalves(CharSequence text) {
    int[] whole = text.codePoints().filter(c -> !isHalf(Character.toString(c))).toArray();
    return new String(whole, 0, whole.length);
  }

  /** The characters of a text one by one, then -1. */
  static IntSupplier of(CharSequence text) {
    PrimitiveIterator.OfInt characters = text.codePoints().iterator();
    return () -> characters.hasNext() ? characters.nextInt() : -1;
  }

  /** The characters of a text. */
  public static List<String> list(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  /** The Han characters of a text. */
  public static Stream<String> han(String text) {
    return text.codePoints().filter(Character::isIdeographic).mapToObj(Character::toString);
  }

  /** How many characters a text has. */
  public static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The first so many characters of a text, which has as many at least. */
  public static String first(String text, int count) {
    return text.substring(0, text.offsetByCodePoints(0, count));
  }

  /** Whether letters would meet where a text goes on so: those of one word, in most scripts. */
  public static boolean areOneWord(String text, String more) {
    return isOfWord(text.isEmpty() ? ' ' : text.codePointBefore(text.length()))
        && isOfWord(more.isEmpty() ? ' ' : more.codePointAt(0));
  }

  private static boolean isOfWord(int character) {
    return Character.isLetterOrDigit(character) && !Character.isIdeographic(character);
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
