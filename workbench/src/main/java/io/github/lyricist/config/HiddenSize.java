package io.github.lyricist.config;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many hidden units {@code model.hidden: auto} stands for: about as many as predict the rest of
 * such a text best, or so nearly that more are not worth their time. How the table was made is told
 * in docs/results.md.
 */
final class HiddenSize {
  private static final NavigableMap<Long, Integer> BY_LEAST_CHARACTERS =
      new TreeMap<>(Map.of(0L, 128, 100_000L, 256, 2_000_000L, 512));

  private HiddenSize() {}

  /**
   * H, for each layer.
   *
   * @param characters how many the text has
   */
  static int of(long characters) {
    return BY_LEAST_CHARACTERS.floorEntry(characters).getValue();
  }
}
