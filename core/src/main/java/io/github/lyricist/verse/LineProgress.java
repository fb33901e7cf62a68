package io.github.lyricist.verse;

import io.github.lyricist.constraint.Constraint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a text stands in its form.
 *
 * @param line the line that is being written, from 0; as many as the form has where it is done
 * @param text of the line so far
 * @param syllables of its whole words
 * @param word the English word that has begun, in small letters; empty between words
 * @param ending the word, or character, that the line would end in
 * @param rhymes of the lines before
 */
record LineProgress(
    Verse verse, int line, String text, int syllables, String word, String ending, Rhymes rhymes)
    implements Constraint {
  private static final int LONGEST_BETWEEN = 4; // an ellipsis, a space
  private static final int LONGEST_FREE = 120; // characters of a line whose syllables are free

  @Override
  public String name() {
    return verse.form().name();
  }

  @Override
  public boolean isMet() {
    return line == verse.form().lines();
  }

  @Override
  public boolean isEnd() {
    return isMet();
  }

  @Override
  public @Nullable LineProgress after(String more) {
    LineProgress progress = this;
    for (int i = 0; i < more.length() && progress != null; ) {
      int character = more.codePointAt(i);
      i += Character.charCount(character);
      progress = progress.isEnd() ? null : progress.after(character);
    }
    return progress;
  }

  private @Nullable LineProgress after(int character) {
    String given = verse.form().given(line);
    if (!given.isEmpty()) {
      return ofGiven(given, character);
    }
    if (verse.isLineEnd(character)) {
      return nextLine();
    }
    boolean isTooLong = target() == 0 && text.length() >= LONGEST_FREE;
    boolean isUnfit = text.isEmpty() && !begins(character);
    if (Character.isISOControl(character) || isTooLong || isUnfit) {
      return null;
    }
    String longer = text + Character.toString(character);
    if (isHan(character)) {
      LineProgress before = withWholeWord();
      return before == null ? null : before.withHan(longer, character);
    }
    if (isOfWord(character)) {
      String begun = word + Character.toString(character).toLowerCase(Locale.ROOT);
      return canBecomeAWord(begun)
          ? new LineProgress(verse, line, longer, syllables, begun, ending, rhymes)
          : null;
    }
    if (Character.isLetterOrDigit(character) && target() > 0) {
      return null; // nobody knows how that sounds
    }
    LineProgress before = withWholeWord();
    boolean isUseless = Character.isWhitespace(character) && isFull(before);
    return before == null || isUseless || lengthens(character)
        ? null
        : new LineProgress(verse, line, longer, before.syllables, "", before.ending, rhymes);
  }

  /** In a line that is there already, whose rhyme is known from the beginning. */
  private @Nullable LineProgress ofGiven(String given, int character) {
    if (verse.isLineEnd(character)) {
      return text.equals(given) ? new LineProgress(verse, line + 1, "", 0, "", "", rhymes) : null;
    }
    String longer = text + Character.toString(character);
    return given.startsWith(longer)
        ? new LineProgress(verse, line, longer, 0, "", "", rhymes)
        : null;
  }

  /** Whether it makes what stands between two words needlessly long, which might go on for ever. */
  private boolean lengthens(int character) {
    int words = text.length();
    while (words > 0 && !Character.isLetterOrDigit(text.codePointBefore(words))) {
      words = text.offsetByCodePoints(words, -1);
    }
    String between = text.substring(words);
    return between.length() >= LONGEST_BETWEEN
        || (Character.isWhitespace(character) && between.endsWith(Character.toString(character)));
  }

  /** Whether a line may begin with it. */
  private boolean begins(int character) {
    String initial = verse.form().initial(line);
    return initial.isEmpty()
        ? Character.isLetterOrDigit(character)
        : Character.toString(character).equalsIgnoreCase(initial);
  }

  static boolean isHan(int character) {
    return Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN;
  }

  private boolean isOfWord(int character) {
    boolean isLatin =
        Character.isLetter(character)
            && Character.UnicodeScript.of(character) == Character.UnicodeScript.LATIN;
    return isLatin || (character == '\'' && !word.isEmpty());
  }

  private int target() {
    return verse.form().syllables(line);
  }

  private String group() {
    return verse.form().group(line);
  }

  private boolean isFull(@Nullable LineProgress progress) {
    return progress != null && target() > 0 && progress.syllables == target();
  }

  private @Nullable LineProgress withHan(String longer, int character) {
    int count = syllables + 1;
    if (target() > 0 && count > target()) {
      return null;
    }
    String last = Character.toString(character);
    if (count == target()
        && !group().isEmpty()
        && !rhymes.allow(group(), verse.rhymeOfHan(longer), last)) {
      return null;
    }
    return new LineProgress(verse, line, longer, count, "", last, rhymes);
  }

  private boolean canBecomeAWord(String begun) {
    if (target() == 0) {
      return true;
    }
    int left = target() - syllables;
    EnglishWords english = verse.english();
    if (left <= 0) {
      return false;
    }
    if (english.hasShorter(begun, left)) {
      return true;
    }
    return group().isEmpty()
        ? english.hasAsLong(begun, left)
        : english.hasRhyming(begun, left, this::canRhyme, rhymes.endings(group()));
  }

  private boolean canRhyme(String rhyme) {
    return rhymes.allow(group(), rhyme)
        && verse.english().rhyming(rhyme) - rhymes.endings(group()).size()
            >= verse.linesToCome(line);
  }

  /** With the word that has begun as a whole one; null if that is none here. */
  private @Nullable LineProgress withWholeWord() {
    if (word.isEmpty()) {
      return this;
    }
    int count = target() > 0 ? syllables + verse.syllables(word) : 0;
    if (target() > 0) {
      boolean mayEnd =
          count < target()
              || (count == target()
                  && (group().isEmpty()
                      || (canRhyme(verse.english().rhyme(word))
                          && !rhymes.endings(group()).contains(word))));
      if (!verse.english().isWord(word) || !mayEnd) {
        return null;
      }
    }
    return new LineProgress(verse, line, text, count, "", word, rhymes);
  }

  private @Nullable LineProgress nextLine() {
    LineProgress whole = withWholeWord();
    if (whole == null || text.isEmpty() || (target() > 0 && whole.syllables != target())) {
      return null;
    }
    if (group().isEmpty()) {
      return new LineProgress(verse, line + 1, "", 0, "", "", rhymes);
    }
    String rhyme = verse.rhyme(text, whole.ending);
    return rhymes.allow(group(), rhyme, whole.ending)
        ? new LineProgress(verse, line + 1, "", 0, "", "", rhymes.and(group(), rhyme, whole.ending))
        : null;
  }
}
