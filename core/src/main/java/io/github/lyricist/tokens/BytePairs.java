package io.github.lyricist.tokens;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The pairs of tokens that become one, in the order in which they are merged (byte-pair encoding:
 * Sennrich, Haddow and Birch, 2016). The tokens are the 256 bytes, by their values, then what each
 * pair becomes.
 */
final class BytePairs {
  /** How many tokens there are without any pair. */
  static final int BYTES = 256;

  private final List<byte[]> tokens = new ArrayList<>(); // by id
  private final List<Long> pairs = new ArrayList<>();
  private final Map<Long, Merge> merges = new HashMap<>(); // by pair
  private final Map<String, Integer> ids = new HashMap<>(); // by spelling

  /** What a pair becomes, and how many are merged before it. */
  private record Merge(int rank, int id) {}

  BytePairs() {
    for (int value = 0; value < BYTES; value++) {
      id(new byte[] {(byte) value});
    }
  }

  /** The token of some bytes, a new one where there is none yet. */
  private int id(byte[] bytes) {
    Integer known = ids.putIfAbsent(ByteAlphabet.spell(bytes), tokens.size());
    if (known == null) {
      tokens.add(bytes);
      return tokens.size() - 1;
    }
    return known;
  }

  static long pair(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }

  static int left(long pair) {
    return (int) (pair >>> Integer.SIZE);
  }

  static int right(long pair) {
    return (int) pair;
  }

  /**
   * Adds a pair, to be merged after those before, unless it is one of those; returns the id of the
   * token that it becomes. Two pairs may become the same one: {@code a, bc} and {@code ab, c}.
   */
  int add(long pair) {
    Merge known = merges.get(pair);
    if (known != null) {
      return known.id;
    }
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(tokens.get(left(pair)));
    both.writeBytes(tokens.get(right(pair)));
    int id = id(both.toByteArray());
    merges.put(pair, new Merge(pairs.size(), id));
    pairs.add(pair);
    return id;
  }

  /** The id of a token, or -1 where there is none of this spelling. */
  int id(String spelling) {
    return ids.getOrDefault(spelling, -1);
  }

  /** How many tokens there are. */
  int size() {
    return tokens.size();
  }

  /** The bytes of a token, not to be changed. */
  byte[] bytes(int id) {
    return tokens.get(id);
  }

  /** The pairs, in the order in which they are merged. */
  List<Long> pairs() {
    return Collections.unmodifiableList(pairs);
  }

  /** A pair of neighbours that could be merged; the earlier one's is done first, then the left. */
  private record Candidate(Merge merge, int at, long pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return merge.rank != other.merge.rank
          ? Integer.compare(merge.rank, other.merge.rank)
          : Integer.compare(at, other.at);
    }
  }

  /** The tokens of some bytes: the earliest pair among the neighbours is merged, until none is. */
  int[] encode(byte[] bytes) {
    Row row = new Row(bytes);
    PriorityQueue<Candidate> candidates = new PriorityQueue<>();
    for (int at = 0; at + 1 < bytes.length; at++) {
      consider(row, at, candidates);
    }
    for (Candidate next = candidates.poll(); next != null; next = candidates.poll()) {
      if (row.pair(next.at) == next.pair) {
        int before = row.before(next.at);
        row.merge(next.at, next.merge.id);
        consider(row, next.at, candidates);
        if (before >= 0) {
          consider(row, before, candidates);
        }
      }
    }
    return row.ids();
  }

  private void consider(Row row, int at, PriorityQueue<Candidate> candidates) {
    long pair = row.pair(at);
    Merge merge = pair == Row.NONE ? null : merges.get(pair);
    if (merge != null) {
      candidates.add(new Candidate(merge, at, pair));
    }
  }

  /** Tokens side by side, each at the place where it begins, which merges leave as it is. */
  private static final class Row {
    static final long NONE = -1;

    private final int[] ids; // -1 where no token begins
    private final int[] next;
    private final int[] before;

    Row(byte[] bytes) {
      ids = new int[bytes.length];
      next = new int[bytes.length];
      before = new int[bytes.length];
      for (int at = 0; at < ids.length; at++) {
        ids[at] = Byte.toUnsignedInt(bytes[at]);
        next[at] = at + 1;
        before[at] = at - 1;
      }
    }

    /** The token that begins at a place and its right neighbour, if there are both. */
    long pair(int at) {
      return ids[at] < 0 || next[at] >= ids.length ? NONE : BytePairs.pair(ids[at], ids[next[at]]);
    }

    int before(int at) {
      return before[at];
    }

    void merge(int at, int id) {
      int right = next[at];
      ids[at] = id;
      ids[right] = -1;
      next[at] = next[right];
      if (next[at] < ids.length) {
        before[next[at]] = at;
      }
    }

    int[] ids() {
      int[] present = new int[ids.length];
      int count = 0;
      for (int at = 0; at < ids.length; at = next[at]) {
        present[count++] = ids[at];
      }
      return Arrays.copyOf(present, count);
    }
  }
}
