package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names the characters of a text that a tokenizer does not know. */
final class UnknownText {
  private static final int MOST_NAMED = 10;

  private UnknownText() {}

  /**
   * How many there are, and the most frequent ones: {@code 7 (3 distinct): 'x' (U+0078) 4 times}.
   */
  static String describe(CodePoints text, Tokenizer tokenizer) {
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
            .map(e -> "%s %d times".formatted(name(e), e.getValue()))
            .collect(Collectors.joining(", "));
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    return "%,d (%,d distinct), %s%s"
        .formatted(total, counts.size(), named, counts.size() > MOST_NAMED ? ", …" : "");
  }

  private static String name(Map.Entry<Integer, Long> character) {
    return Characters.name(Character.toString(character.getKey()));
  }
}
