package io.github.lyricist.tokens;

import io.github.lyricist.Limits;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * How often each piece of a text comes. Of a text with very many distinct ones the rarest are
 * forgotten as it goes on, so that memory is bounded (lossy counting: Manku and Motwani, 2002); a
 * count is then too low by so many at most as the rarest one kept had.
 */
public final class PieceCounts {
  private final Pieces pieces;
  private final int most;
  private final Map<String, Long> counts = new HashMap<>();
  private long forgotten;

  /**
   * @param most how many distinct ones are counted at a time
   */
  PieceCounts(Pieces pieces, int most) {
    this.pieces = pieces;
    this.most = most;
  }

  /** Of words, and of what stands between them. */
  public static PieceCounts ofWords() {
    return new PieceCounts(new WordPieces(), Limits.DISTINCT_PIECES);
  }

  /** Of what pairs of bytes are merged within. */
  public static PieceCounts ofSubwords() {
    return new PieceCounts(new SubwordPieces(), Limits.DISTINCT_PIECES);
  }

  /**
   * Counts those of a text.
   *
   * @param text its characters one by one, then -1
   */
  public void read(IntSupplier text) {
    pieces.forEach(text, this::add);
  }

  private void add(String piece) {
    counts.merge(piece, 1L, Long::sum);
    if (counts.size() > most) {
      while (counts.size() > most / 2) {
        forgotten++;
        counts.values().removeIf(count -> count <= forgotten);
      }
    }
  }

  /** The pieces that come so often at least, the most frequent first, of those by their text. */
  List<Map.Entry<String, Long>> from(long least) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= least)
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .toList();
  }
}
