package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a tokenizer does not know of a text.
 *
 * @param count how many characters, or words
 * @param of how many the whole text has
 * @param description how many, what share, and the most frequent ones: {@code 7 of 70, 10.0 % (3
 *     distinct): 'x' (U+0078) 4 times, …}
 * @param replaced whether a token stands for them; else they are left out
 */
public record UnknownText(long count, long of, String description, boolean replaced) {
  private static final int MOST_NAMED = 10;
  private static final int READ_AT_ONCE = 1 << 12;

  /** What of a text's characters is unknown. */
  static UnknownText in(Text text, Tokenizer tokenizer) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int code = 0; code < text.distinct().length; code++) {
      int character = text.distinct()[code];
      if (!tokenizer.knows(Character.toString(character))) {
        counts.put(character, text.counts()[code]);
      }
    }
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
        "%s (%,d distinct): %s%s"
            .formatted(
                share(total, text.size()),
                counts.size(),
                named,
                counts.size() > MOST_NAMED ? ", …" : "");
    return new UnknownText(total, text.size(), description, false);
  }

  /** What of a corpus is the token that stands for what is unknown. */
  public static UnknownText in(Corpus corpus) {
    int unknown = corpus.tokenizer().unknownId().orElse(-1);
    int[] ids = new int[READ_AT_ONCE];
    long count = 0;
    for (long from = 0; from < corpus.size(); from += ids.length) {
      int some = (int) Math.min(ids.length, corpus.size() - from);
      corpus.read(from, ids, 0, some);
      for (int i = 0; i < some; i++) {
        count += ids[i] == unknown ? 1 : 0;
      }
    }
    return new UnknownText(count, corpus.size(), share(count, corpus.size()), true);
  }

  private static String share(long count, long of) {
    return "%,d of %,d, %s".formatted(count, of, percent(100.0 * count / of));
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

  /** What became of it, in a sentence for people. */
  public String sentence() {
    return replaced
        ? "tokens that the model does not know, taken for <unk>: " + description
        : "unknown characters left out: " + description;
  }
}
