package io.github.lyricist.writing;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.verse.Form;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What text is wished for.
 *
 * @param decoding how its tokens are drawn
 * @param beam how many texts a beam search keeps, which draws nothing; or null
 * @param length in characters after the prefix; in bytes, where those are the tokens. Null where
 *     there is a form
 * @param stops texts, before the first of which it ends
 * @param form its lines, or null
 * @param required texts that it has
 * @param banned texts that it doesn't have
 * @param maxCopy the longest run of characters that it may share with the training text, or null
 */
@RecordBuilder
public record WritingSpec(
    Decoding decoding,
    @Nullable Integer beam,
    @Nullable Integer length,
    List<String> stops,
    @Nullable Form form,
    List<String> required,
    List<String> banned,
    @Nullable Integer maxCopy)
    implements WritingSpecBuilder.With {
  /** What texts of lines are pleasant with, where nothing else is asked for. */
  public static final double LINES_TEMPERATURE = 0.8;

  private static final int WIDEST_BEAM = 1000;
  private static final int LONGEST_COPY = 1000;

  public WritingSpec {
    require(
        beam == null || (beam >= 1 && beam <= WIDEST_BEAM),
        "beam",
        "found " + beam,
        "expected 1 to " + WIDEST_BEAM);
    require(
        beam == null || decoding.equals(Decoding.GREEDY),
        "beam",
        "it draws nothing",
        "leave temperature, top-k, top-p, min-p and repetition-penalty out");
    require(
        maxCopy == null || (maxCopy >= 1 && maxCopy <= LONGEST_COPY),
        "max-copy",
        "found " + maxCopy,
        "expected 1 to %,d: a single character is a run, too".formatted(LONGEST_COPY));
    require(length == null || length >= 0, "length", "found " + length, "expected 0 or more");
    requireTexts("stop", stops);
    requireTexts("require", required);
    requireTexts("ban", banned);
    for (String text : required) {
      requireWithout(text, banned, "ban");
      requireWithout(text, stops, "stop");
      require(
          length == null || text.length() <= length,
          "require",
          "'%s' is longer than the text".formatted(Excerpt.of(text)),
          "give a larger length");
    }
    stops = List.copyOf(stops);
    required = List.copyOf(required);
    banned = List.copyOf(banned);
  }

  private static void requireTexts(String key, List<String> texts) {
    require(!texts.contains(""), key, "a text is empty", "give at least one character");
  }

  private static void requireWithout(String text, List<String> others, String key) {
    for (String other : others) {
      require(
          !text.contains(other),
          "require",
          "'%s' has '%s' in it, which %s forbids"
              .formatted(Excerpt.of(text), Excerpt.of(other), key),
          "leave one of them out");
    }
  }

  private static void require(boolean holds, String key, String found, String expected) {
    if (!holds) {
      throw InvalidInputException.ofKey(key, found, expected);
    }
  }

  /** Whether nothing of the text is wished for but its end. */
  public boolean isFree() {
    return form == null && required.isEmpty() && banned.isEmpty() && maxCopy == null;
  }
}
