package io.github.lyricist.verse;

import io.github.lyricist.constraint.Constraint;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A form with the sounds by which it is judged. Belongs to one thread. */
public final class Verse {
  private final Form form;
  private final Supplier<Phonetics> phonetics;
  private final Predicate<String> canWrite;
  private @Nullable EnglishWords english;
  private final int lineEnd;

  /**
   * @param phonetics asked for when the first sound is judged
   * @param canWrite whether an English word can be written, in small letters
   * @param lineEnd the character that ends a line: a line feed, or a space for models that know
   *     none
   */
  public Verse(Form form, Supplier<Phonetics> phonetics, Predicate<String> canWrite, int lineEnd) {
    this.form = form;
    this.phonetics = phonetics;
    this.canWrite = canWrite;
    this.lineEnd = lineEnd;
  }

  /** The progress of a text that has not begun. */
  public Constraint begin() {
    return new LineProgress(this, 0, "", 0, "", "", Rhymes.NONE);
  }

  /**
   * The most lines that could rhyme with one another and end in one of these Han characters.
   *
   * @param characters each once
   */
  public int mostRhyming(Collection<String> characters) {
    Map<String, Integer> counts = new HashMap<>();
    for (String character : characters) {
      phonetics.get().endOfLine(character).forEach(group -> counts.merge(group, 1, Integer::sum));
    }
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The most lines that could rhyme with one another and end in an English word. */
  public int mostRhymingWords() {
    return english().mostRhyming();
  }

  Form form() {
    return form;
  }

  EnglishWords english() {
    if (english == null) {
      english = new EnglishWords(phonetics.get(), canWrite);
    }
    return english;
  }

  boolean isLineEnd(int character) {
    return character == lineEnd;
  }

  int syllables(String word) {
    return phonetics.get().syllables(word);
  }

  /**
   * The one group that a line which ends in a Han character rhymes in; empty where it is unsure.
   */
  String rhymeOfHan(String line) {
    Set<String> groups = phonetics.get().endOfLine(line);
    return groups.size() == 1 ? groups.iterator().next() : "";
  }

  /** How many lines rhyme with a line and are still to come, itself among them. */
  int linesToCome(int line) {
    String letter = form.group(line);
    int count = 0;
    for (int other = line; other < form.lines(); other++) {
      if (form.group(other).equals(letter)) {
        count++;
      }
    }
    return count;
  }
}
