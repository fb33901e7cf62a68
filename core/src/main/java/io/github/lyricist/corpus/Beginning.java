package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Tokenizer;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntPredicate;

/** How a text begins: what a model that learned it is given where nobody says what. */
public final class Beginning {
  private static final int TOKENS_READ = 1000;
  private static final int LONGEST_WORD = 20;
  private static final int WORD_WITHOUT_SPACES = 2;

  /** The scripts that put no spaces between words. */
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Beginning() {}

  /**
   * The first word of a corpus; in Chinese and its like its first two characters; where that is
   * none, its first token that is known.
   */
  public static String of(Corpus corpus) {
    int[] ids = new int[(int) Math.min(TOKENS_READ, corpus.size())];
    corpus.read(0, ids, 0, ids.length);
    Tokenizer tokenizer = corpus.tokenizer();
    String word = of(tokenizer.decode(ids));
    if (tokenizer.knows(word) && !word.isEmpty()) {
      return word;
    }
    return Arrays.stream(ids)
        .mapToObj(tokenizer::text)
        .filter(tokenizer::knows)
        .findFirst()
        .orElse(tokenizer.text(ids[0]));
  }

  /** The same of a text; empty where it has no letters. */
  static String of(String text) {
    int[] characters =
        text.codePoints()
            .dropWhile(c -> !Character.isLetterOrDigit(c))
            .limit(LONGEST_WORD)
            .toArray();
    if (characters.length == 0) {
      return "";
    }
    boolean withoutSpaces = WITHOUT_SPACES.contains(UnicodeScript.of(characters[0]));
    int most = withoutSpaces ? WORD_WITHOUT_SPACES : LONGEST_WORD;
    IntPredicate belongs = withoutSpaces ? Character::isLetterOrDigit : Beginning::isOfWord;
    int length = 0;
    while (length < Math.min(most, characters.length) && belongs.test(characters[length])) {
      length++;
    }
    return new String(characters, 0, length);
  }

  private static boolean isOfWord(int character) {
    return Character.isLetterOrDigit(character)
        || Character.getType(character) == Character.NON_SPACING_MARK
        || "'’-".indexOf(character) >= 0;
  }
}
