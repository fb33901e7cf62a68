package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Finds the pairs to merge: again and again the most frequent one, of several the one whose tokens
 * have the lowest ids (byte-pair encoding: Sennrich, Haddow and Birch, 2016, algorithm 1, by
 * updates of the counts).
 */
final class BytePairLearner {
  /** A pair that comes once is no pattern. */
  private static final long LEAST = 2;

  private final BytePairs pairs = new BytePairs();
  private final int[][] pieces; // the ids of each distinct one
  private final long[] times; // how often it comes
  private final Map<Long, Long> counts = new HashMap<>(); // by pair
  private final Map<Long, Set<Integer>> places = new HashMap<>(); // by pair: pieces that have it
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(
          Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

  private record Candidate(long pair, long count) {}

  private BytePairLearner(List<Map.Entry<String, Long>> pieces) {
    this.pieces = new int[pieces.size()][];
    this.times = new long[pieces.size()];
    for (int i = 0; i < this.pieces.length; i++) {
      byte[] bytes = pieces.get(i).getKey().getBytes(UTF_8);
      int[] ids = new int[bytes.length];
      for (int at = 0; at < ids.length; at++) {
        ids[at] = Byte.toUnsignedInt(bytes[at]);
      }
      this.pieces[i] = ids;
      this.times[i] = pieces.get(i).getValue();
      count(i, 1);
    }
    counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
  }

  /**
   * The pairs of a text.
   *
   * @param pieces how often each comes
   * @param vocabularySize how many tokens there should be; fewer, where no pair comes twice
   */
  static BytePairs learn(PieceCounts pieces, int vocabularySize) {
    return new BytePairLearner(pieces.from(1)).learn(vocabularySize);
  }

  private BytePairs learn(int vocabularySize) {
    while (pairs.size() < vocabularySize) {
      Candidate best = candidates.poll();
      if (best == null || best.count < LEAST) {
        break;
      }
      long now = counts.getOrDefault(best.pair, 0L);
      if (now == best.count) {
        merge(best.pair, pairs.add(best.pair));
      } else if (now > 0) { // it is told of what has changed when its turn comes
        candidates.add(new Candidate(best.pair, now));
      }
    }
    return pairs;
  }

  private void merge(long pair, int id) {
    Set<Long> changed = new HashSet<>();
    for (int piece : places.getOrDefault(pair, Set.of())) {
      int[] before = pieces[piece];
      int[] after = merged(before, pair, id);
      if (after.length < before.length) {
        count(piece, -1);
        pieces[piece] = after;
        count(piece, 1);
        for (int at = 0; at + 1 < after.length; at++) {
          if (after[at] == id || after[at + 1] == id) {
            changed.add(BytePairs.pair(after[at], after[at + 1]));
          }
        }
      }
    }
    counts.remove(pair);
    places.remove(pair);
    changed.forEach(other -> candidates.add(new Candidate(other, counts.getOrDefault(other, 0L))));
  }

  private static int[] merged(int[] ids, long pair, int id) {
    int[] merged = new int[ids.length];
    int count = 0;
    for (int at = 0; at < ids.length; at++) {
      boolean both = at + 1 < ids.length && BytePairs.pair(ids[at], ids[at + 1]) == pair;
      merged[count++] = both ? id : ids[at];
      at += both ? 1 : 0;
    }
    return Arrays.copyOf(merged, count);
  }

  /** Adds the pairs of a piece to the counts, or takes them out. */
  private void count(int piece, int sign) {
    int[] ids = pieces[piece];
    for (int at = 0; at + 1 < ids.length; at++) {
      long pair = BytePairs.pair(ids[at], ids[at + 1]);
      counts.merge(pair, sign * times[piece], Long::sum);
      if (sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(piece);
      }
    }
  }
}
