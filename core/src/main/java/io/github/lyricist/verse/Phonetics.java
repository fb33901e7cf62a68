package io.github.lyricist.verse;

import java.util.Collection;
import java.util.Set;

/** How Chinese and English sound; found by {@link java.util.ServiceLoader}. */
public interface Phonetics {
  /**
   * The groups of the 中华新韵 (2005) that the last character of a line may rhyme in: one for each
   * reading that it may have there.
   *
   * @param line which ends in a Han character
   * @return empty if no reading is known
   */
  Set<String> endOfLine(String line);

  /**
   * The pronunciations of an English word.
   *
   * @param word in small letters
   * @return empty if the dictionary lacks it
   */
  Set<Sound> pronunciations(String word);

  /** How many syllables an English word has, by its pronunciations' first or by its spelling. */
  int syllables(String word);

  /** All English words of the dictionary, in small letters. */
  Collection<String> words();
}
