package io.github.lyricist.tokens;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.function.Consumer;

/**
 * Words, and what stands between them, as ICU's word iterator cuts a text (Unicode Standard Annex
 * 29, with dictionaries for languages that write no spaces).
 */
final class WordPieces extends Pieces {
  @Override
  int cut(String window, boolean last, Consumer<String> action) {
    int end = last ? window.length() : certainBoundary(window);
    BreakIterator words = BreakIterator.getWordInstance(ULocale.ROOT);
    words.setText(window.substring(0, end));
    int from = words.first();
    for (int to = words.next(); to != BreakIterator.DONE; to = words.next()) {
      action.accept(window.substring(from, to));
      from = to;
    }
    return end;
  }

  /**
   * The last place that is a boundary whatever stands elsewhere: after a line feed, or between a
   * space and a letter or digit; 0 where there is none.
   */
  private static int certainBoundary(String window) {
    for (int at = window.length() - 1; at > 0; at--) {
      char before = window.charAt(at - 1);
      if (before == '\n' || (before == ' ' && startsWord(window.codePointAt(at)))) {
        return at;
      }
    }
    return 0;
  }

  private static boolean startsWord(int character) {
    return UCharacter.isLetterOrDigit(character);
  }
}
