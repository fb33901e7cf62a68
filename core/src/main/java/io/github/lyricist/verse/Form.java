package io.github.lyricist.verse;

import io.github.lyricist.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of a text. Lists that are shorter than it has lines begin anew.
 *
 * @param lines how many
 * @param syllables of each line; empty leaves them free
 * @param rhyme a letter for each line, the same where lines rhyme ({@code AABA}); empty leaves them
 *     free
 * @param acrostic the first character of each line; empty leaves them free
 * @param given lines that are there already and stay as they are, an empty text for each that is to
 *     be written; fewer leave the others to be written
 */
public record Form(
    int lines, List<Integer> syllables, String rhyme, List<String> acrostic, List<String> given) {
  private static final int MOST_LINES = 1000;
  private static final int MOST_SYLLABLES = 100;
  private static final int TYPICAL_SYLLABLES = 10;

  public Form {
    require(lines >= 1 && lines <= MOST_LINES, "lines", lines, "1 to " + MOST_LINES);
    for (int count : syllables) {
      require(count >= 1 && count <= MOST_SYLLABLES, "syllables", count, "1 to " + MOST_SYLLABLES);
    }
    require(rhyme.matches("[A-Z]*"), "rhyme", "'" + rhyme + "'", "letters, as AABA");
    syllables = List.copyOf(syllables);
    require(given.size() <= lines, "given", given.size() + " lines", "%d at most".formatted(lines));
    acrostic = List.copyOf(acrostic);
    given = List.copyOf(given);
  }

  /** One of which no line is given. */
  public Form(int lines, List<Integer> syllables, String rhyme, List<String> acrostic) {
    this(lines, syllables, rhyme, acrostic, List.of());
  }

  /**
   * The form that is wished for.
   *
   * @param lines how many; null for as many as the longest of the others has
   * @param rhyme in letters of any case
   * @return null where no form is
   */
  public static @Nullable Form of(
      @Nullable Integer lines,
      List<Integer> syllables,
      String rhyme,
      List<String> acrostic,
      List<String> given) {
    int longest =
        Stream.of(syllables.size(), rhyme.length(), acrostic.size(), given.size())
            .mapToInt(Integer::intValue)
            .max()
            .orElseThrow();
    return lines == null && longest == 0
        ? null
        : new Form(
            lines == null ? Integer.valueOf(longest) : lines,
            syllables,
            rhyme.toUpperCase(Locale.ROOT),
            acrostic,
            given);
  }

  private static void require(boolean holds, String key, Object found, String expected) {
    if (!holds) {
      throw InvalidInputException.ofKey(key, "found " + found, "expected " + expected);
    }
  }

  /** The options that ask for it. */
  public String name() {
    List<String> options = new ArrayList<>();
    if (!syllables.isEmpty()) {
      options.add("--syllables");
    }
    if (!rhyme.isEmpty()) {
      options.add("--rhyme");
    }
    if (!acrostic.isEmpty()) {
      options.add("--acrostic");
    }
    return options.isEmpty() ? "--lines" : String.join(", ", options);
  }

  /**
   * About how many characters such a text has.
   *
   * @param perSyllable how many a syllable has
   */
  public int typicalLength(double perSyllable) {
    double length = 0;
    for (int line = 0; line < lines; line++) {
      int count = syllables(line) == 0 ? TYPICAL_SYLLABLES : syllables(line);
      length += count * perSyllable + 1;
    }
    return (int) length;
  }

  /** The most lines that rhyme with one another; 1 where none do. */
  public int longestRhyme() {
    return IntStream.range(0, lines).map(this::lines).max().orElse(1);
  }

  /** How many syllables a line has, from line 0; 0 where that is free. */
  int syllables(int line) {
    return syllables.isEmpty() ? 0 : syllables.get(line % syllables.size());
  }

  /** A line that is there already; empty where it is to be written. */
  String given(int line) {
    return line < given.size() ? given.get(line) : "";
  }

  /** What a line begins with; empty where that is free. */
  String initial(int line) {
    return acrostic.isEmpty() ? "" : acrostic.get(line % acrostic.size());
  }

  /** The letter of the lines that a line rhymes with; empty where there are none. */
  String group(int line) {
    return lines(line) > 1 ? letter(line) : "";
  }

  /** How many lines rhyme with a line, itself among them. */
  int lines(int line) {
    int count = 0;
    for (int other = 0; other < lines; other++) {
      if (letter(other).equals(letter(line))) {
        count++;
      }
    }
    return rhyme.isEmpty() ? 1 : count;
  }

  private String letter(int line) {
    return rhyme.isEmpty() ? "" : String.valueOf(rhyme.charAt(line % rhyme.length()));
  }
}
