package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a tokenizer does not know of a text.
 *
 * @param count how many characters
 * @param of how many the whole text has
 * @param description how many, what share, and the most frequent ones: {@code 7 of 70, 10.0 % (3
 *     distinct): 'x' (U+0078) 4 times, …}
 */
public record UnknownText(long count, long of, String description) {
  private static final int MOST_NAMED = 10;

  static UnknownText in(CodePoints text, Tokenizer tokenizer) {
    Map<Integer, Long> counts = text.frequencies();
    counts.keySet().removeIf(character -> tokenizer.knows(Character.toString(character)));
    List<Map.Entry<Integer, Long>> ordered =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
            .toList();
    String named =
        ordered.stream()
            .limit(MOST_NAMED)
            .map(
                e -> name(e) + (e.getValue() == 1 ? " once" : " %,d times".formatted(e.getValue())))
            .collect(Collectors.joining(", "));
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    String description =
        "%,d of %,d, %s (%,d distinct): %s%s"
            .formatted(
                total,
                text.size(),
                percent(100.0 * total / text.size()),
                counts.size(),
                named,
                counts.size() > MOST_NAMED ? ", …" : "");
    return new UnknownText(total, text.size(), description);
  }

  private static String percent(double percent) {
    return percent > 0 && percent < 0.05 ? "below 0.1 %" : "%.1f %%".formatted(percent);
  }

  private static String name(Map.Entry<Integer, Long> character) {
    return Characters.name(Character.toString(character.getKey()));
  }

  /** The part of the text that is unknown, from 0 to 1. */
  public double share() {
    return (double) count / of;
  }

  /** That it was left out, in a sentence for people. */
  public String leftOut() {
    return "unknown characters left out: " + description;
  }
}
