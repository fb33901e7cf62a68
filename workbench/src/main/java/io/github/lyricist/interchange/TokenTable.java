package io.github.lyricist.interchange;

import io.github.lyricist.corpus.Vocabulary;

/**
 * Which character each token id of another program stands for, in that program's order. Ours is
 * ascending, so whatever is indexed by token is put into that order.
 */
final class TokenTable {
  private final int[] codePoints;
  private final Vocabulary vocabulary;

  /**
   * @param codePoints V distinct characters, in the order of their ids
   */
  TokenTable(int... codePoints) {
    this.codePoints = codePoints.clone();
    this.vocabulary = Vocabulary.of(codePoints);
  }

  /** V. */
  int size() {
    return codePoints.length;
  }

  /** The same characters with the ids that we give them. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * Puts rows into our order.
   *
   * @param matrix [V, columns], or [V] with one column
   */
  float[] reorderRows(float[] matrix) {
    int columns = matrix.length / size();
    float[] ours = new float[matrix.length];
    for (int id = 0; id < size(); id++) {
      System.arraycopy(matrix, id * columns, ours, ourId(id) * columns, columns);
    }
    return ours;
  }

  /**
   * Puts columns into our order.
   *
   * @param matrix [rows, V]
   */
  float[] reorderColumns(float[] matrix) {
    float[] ours = new float[matrix.length];
    for (int id = 0; id < size(); id++) {
      int ourId = ourId(id);
      for (int row = 0; row < matrix.length; row += size()) {
        ours[row + ourId] = matrix[row + id];
      }
    }
    return ours;
  }

  private int ourId(int id) {
    return vocabulary.id(codePoints[id]);
  }
}
