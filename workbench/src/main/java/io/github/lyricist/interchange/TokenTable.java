package io.github.lyricist.interchange;

import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;

/**
 * Which character each token id of another program stands for, in that program's order. Ours is
 * ascending, so whatever is indexed by token is put into that order.
 */
final class TokenTable {
  private final Tokenizer tokenizer;
  private final int[] ourIds; // by their id

  /**
   * @param characters V distinct characters, in the order of their ids
   */
  TokenTable(String characters) {
    this.tokenizer = CharacterTokenizer.of(characters);
    this.ourIds = tokenizer.encode(characters);
  }

  /** V. */
  int size() {
    return ourIds.length;
  }

  /** The same characters with the ids that we give them. */
  Tokenizer tokenizer() {
    return tokenizer;
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
      System.arraycopy(matrix, id * columns, ours, ourIds[id] * columns, columns);
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
      for (int row = 0; row < matrix.length; row += size()) {
        ours[row + ourIds[id]] = matrix[row + id];
      }
    }
    return ours;
  }
}
