package io.github.lyricist.corpus;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The distinct characters (Unicode code points) of a corpus in ascending order; a character's token
 * id is its place in that order, from 0.
 */
public final class Vocabulary {
  private final int[] codePoints;

  private Vocabulary(int[] ascendingCodePoints) {
    this.codePoints = ascendingCodePoints;
  }

  /** The vocabulary of a text, given as code points in any order, repeated or not. */
  public static Vocabulary of(int... codePoints) {
    return of(CodePoints.of(codePoints));
  }

  static Vocabulary of(CodePoints text) {
    BitSet seen = new BitSet();
    text.forEachBlock(
        (block, count) -> {
          for (int i = 0; i < count; i++) {
            seen.set(block[i]);
          }
        });
    return new Vocabulary(seen.stream().toArray());
  }

  /** V, the number of distinct characters. */
  public int size() {
    return codePoints.length;
  }

  /** Token id of a character, or a negative number when the vocabulary doesn't hold it. */
  public int id(int codePoint) {
    return Arrays.binarySearch(codePoints, codePoint);
  }

  /** Token ids by code point, up to the largest one, for a text of any length. */
  int[] idsByCodePoint() {
    int[] ids = new int[size() == 0 ? 0 : codePoints[size() - 1] + 1];
    for (int id = 0; id < size(); id++) {
      ids[codePoints[id]] = id;
    }
    return ids;
  }

  public boolean contains(int codePoint) {
    return id(codePoint) >= 0;
  }

  /** The character with this token id, as a code point. */
  public int codePoint(int id) {
    return codePoints[id];
  }

  /** All characters, in the order of their ids. */
  public String characters() {
    return new String(codePoints, 0, codePoints.length);
  }
}
