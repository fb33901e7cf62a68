package io.github.lyricist.config;

import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many hidden units {@code model.hidden: auto} stands for: more for a longer text, as that of a
 * short one is soon known by heart. By measurements on songs and two English texts, of 20,000 to
 * 3.3 million characters ({@code docs/results.md}): within 2 % of the best of them, in bits per
 * character of what is held out, where the best take longer.
 */
final class HiddenSize {
  private static final NavigableMap<Long, Integer> BY_LEAST_CHARACTERS =
      new TreeMap<>(Map.of(0L, 128, 200_000L, 256, 2_000_000L, 512));

  private HiddenSize() {}

  /** All steps, in words. */
  static String steps() {
    return BY_LEAST_CHARACTERS.entrySet().stream()
        .map(step -> step.getValue() + " from " + step.getKey() + " characters on")
        .collect(Collectors.joining(", "))
        .replace(" from 0 characters on", "");
  }

  /**
   * H, for each layer.
   *
   * @throws io.github.lyricist.InvalidInputException if there is no such text
   */
  static int of(CorpusSpec corpus) {
    int most = Math.toIntExact(BY_LEAST_CHARACTERS.lastKey());
    return of(CorpusReader.characters(corpus, most));
  }

  /** H for so many characters. */
  static int of(long characters) {
    return BY_LEAST_CHARACTERS.floorEntry(characters).getValue();
  }
}
