package io.github.lyricist.tokens;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterEnums.ECharacterCategory;
import java.util.List;
import java.util.function.Consumer;

/**
 * What byte pairs are merged within, and never across: a word with the space before it, a number, a
 * run of other characters, white space. It is GPT-2's pattern, {@code 's|'t|'re|'ve|'m|'ll|'d|
 * ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}, by ICU's tables: a Java's own ones differ
 * from version to version, and with them the tokens would.
 */
final class SubwordPieces extends Pieces {
  private static final List<String> CONTRACTIONS =
      List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d");
  private static final int CATEGORIES_OF_LETTERS =
      1 << ECharacterCategory.UPPERCASE_LETTER
          | 1 << ECharacterCategory.LOWERCASE_LETTER
          | 1 << ECharacterCategory.TITLECASE_LETTER
          | 1 << ECharacterCategory.MODIFIER_LETTER
          | 1 << ECharacterCategory.OTHER_LETTER;
  private static final int CATEGORIES_OF_NUMBERS =
      1 << ECharacterCategory.DECIMAL_DIGIT_NUMBER
          | 1 << ECharacterCategory.LETTER_NUMBER
          | 1 << ECharacterCategory.OTHER_NUMBER;

  /** What the pattern distinguishes. */
  private enum Kind {
    LETTER,
    NUMBER,
    SPACE,
    OTHER
  }

  @Override
  int cut(String window, boolean last, Consumer<String> action) {
    int from = 0;
    while (from < window.length()) {
      int to = end(window, from);
      // The character after a piece has to be seen to know that it is one.
      if (to == window.length() && !last) {
        return from;
      }
      action.accept(window.substring(from, to));
      from = to;
    }
    return from;
  }

  private static int end(String text, int from) {
    for (String contraction : CONTRACTIONS) {
      if (text.startsWith(contraction, from)) {
        return from + contraction.length();
      }
    }
    boolean spaceBefore = text.charAt(from) == ' ';
    if (spaceBefore && from + 1 < text.length()) {
      Kind next = kind(text.codePointAt(from + 1));
      if (next != Kind.SPACE) {
        return endOfRun(text, from + 1, next);
      }
    }
    Kind kind = kind(text.codePointAt(from));
    int end = endOfRun(text, from, kind);
    // The last space of several belongs to what follows.
    return kind == Kind.SPACE && end < text.length() && end - from > 1 ? end - 1 : end;
  }

  private static int endOfRun(String text, int from, Kind kind) {
    int end = from;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      if (kind(character) != kind) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  private static Kind kind(int character) {
    int category = 1 << UCharacter.getType(character);
    if ((category & CATEGORIES_OF_LETTERS) != 0) {
      return Kind.LETTER;
    }
    if ((category & CATEGORIES_OF_NUMBERS) != 0) {
      return Kind.NUMBER;
    }
    return UCharacter.isUWhiteSpace(character) ? Kind.SPACE : Kind.OTHER;
  }
}
