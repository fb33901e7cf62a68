package io.github.lyricist.corpus;

import java.util.Arrays;

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
    return new Vocabulary(Arrays.stream(codePoints).sorted().distinct().toArray());
  }

  /** V, the number of distinct characters. */
  public int size() {
    return codePoints.length;
  }

  /** Token id of a character, or a negative number when the vocabulary doesn't hold it. */
  public int id(int codePoint) {
    return Arrays.binarySearch(codePoints, codePoint);
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
