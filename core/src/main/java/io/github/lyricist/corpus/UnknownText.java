package io.github.lyricist.corpus;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names the characters of a text that a vocabulary lacks. */
final class UnknownText {
  private static final int MOST_NAMED = 10;

  private UnknownText() {}

  /**
   * How many there are, and the most frequent ones: {@code 7 (3 distinct): 'x' (U+0078) 4 times}.
   */
  static String describe(CodePoints text, Vocabulary vocabulary) {
    Map<Integer, Integer> counts = text.frequencies();
    counts.keySet().removeIf(vocabulary::contains);
    List<Map.Entry<Integer, Integer>> ordered =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
            .toList();
    String named =
        ordered.stream()
            .limit(MOST_NAMED)
            .map(e -> "%s %d times".formatted(name(e.getKey()), e.getValue()))
            .collect(Collectors.joining(", "));
    int total = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%,d (%,d distinct), %s%s"
        .formatted(total, counts.size(), named, counts.size() > MOST_NAMED ? ", …" : "");
  }

  private static String name(int codePoint) {
    return Character.isISOControl(codePoint) || Character.isWhitespace(codePoint)
        ? "U+%04X".formatted(codePoint)
        : "'%s' (U+%04X)".formatted(Character.toString(codePoint), codePoint);
  }
}
