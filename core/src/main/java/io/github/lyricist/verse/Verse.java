package io.github.lyricist.verse;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.constraint.Constraint;
import io.github.lyricist.tokens.Excerpt;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A form with the sounds by which it is judged. */
public final class Verse {
  private static final Pattern WORD_OR_HAN = Pattern.compile("\\p{IsHan}|[\\p{IsLatin}']+");

  private final Form form;
  private final Supplier<Phonetics> phonetics;
  private final Supplier<EnglishWords> english;
  private final int lineEnd;

  /**
   * @param phonetics asked for when the first sound is judged
   * @param english asked for when the first English word is
   * @param lineEnd the character that ends a line: a line feed, or a space for models that know
   *     none
   */
  public Verse(
      Form form, Supplier<Phonetics> phonetics, Supplier<EnglishWords> english, int lineEnd) {
    this.form = form;
    this.phonetics = phonetics;
    this.english = english;
    this.lineEnd = lineEnd;
  }

  /**
   * The progress of a text that has not begun.
   *
   * @throws InvalidInputException if lines that are given don't rhyme as they must
   */
  public Constraint begin() {
    Rhymes rhymes = Rhymes.NONE;
    for (int line = 0; line < form.lines(); line++) {
      if (!form.given(line).isEmpty()) {
        requireInitial(line);
        rhymes = form.group(line).isEmpty() ? rhymes : withGiven(line, rhymes);
      }
    }
    return new LineProgress(this, 0, "", 0, "", "", rhymes);
  }

  private void requireInitial(int line) {
    String given = form.given(line);
    String initial = form.initial(line);
    if (!given.regionMatches(true, 0, initial, 0, initial.length())) {
      throw InvalidInputException.ofKey(
          "acrostic",
          "the line '%s', which stays, does not begin with '%s'"
              .formatted(Excerpt.of(given), initial),
          "give another one, or let it be written anew");
    }
  }

  private Rhymes withGiven(int line, Rhymes rhymes) {
    String given = form.given(line);
    List<MatchResult> words = WORD_OR_HAN.matcher(given).results().toList();
    String ending =
        words.isEmpty() ? "" : words.get(words.size() - 1).group().toLowerCase(Locale.ROOT);
    String rhyme = rhyme(given, ending);
    if (!rhymes.allow(form.group(line), rhyme, ending)) {
      throw InvalidInputException.ofKey(
          "rhyme",
          "the line '%s', which stays, %s"
              .formatted(
                  Excerpt.of(given),
                  rhyme.isEmpty()
                      ? "ends in what has no sure rhyme"
                      : "does not rhyme with another one that does"),
          "give another scheme, or let it be written anew");
    }
    return rhymes.and(form.group(line), rhyme, ending);
  }

  /**
   * Of what a line ends in, punctuation apart.
   *
   * @param ending its last word, or Han character; empty where there is none
   */
  String rhyme(String line, String ending) {
    if (ending.isEmpty()) {
      return "";
    }
    return LineProgress.isHan(ending.codePointAt(0))
        ? rhymeOfHan(line.substring(0, line.lastIndexOf(ending) + ending.length()))
        : english().rhyme(ending);
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
    return english.get();
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
      if (form.group(other).equals(letter) && form.given(other).isEmpty()) {
        count++;
      }
    }
    return count;
  }
}
