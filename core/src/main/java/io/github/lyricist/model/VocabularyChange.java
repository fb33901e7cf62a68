package io.github.lyricist.model;

/**
 * Carries parameters over to another vocabulary: what belongs to a token goes to that token's new
 * place.
 */
public final class VocabularyChange {
  private final boolean oneHot;
  private final int[] newIds;
  private final int newSize;

  /**
   * @param newIds of the tokens, by their old ids
   * @param newSize V of the new vocabulary
   */
  public VocabularyChange(ModelSpec spec, int[] newIds, int newSize) {
    this.oneHot = spec.embedding() == null;
    this.newIds = newIds.clone();
    this.newSize = newSize;
  }

  /**
   * Copies one tensor.
   *
   * @param name of the tensor
   * @param from its elements for the old vocabulary
   * @param to those for the new one; what belongs to tokens that are new stays as it is
   */
  public void copy(String name, float[] from, float[] to) {
    if (name.equals("embedding.weight") || name.startsWith("linear.")) {
      copyRows(from, to);
    } else if (name.equals("rnn.weight_ih_l0") && oneHot) {
      copyColumns(from, to);
    } else {
      System.arraycopy(from, 0, to, 0, to.length);
    }
  }

  /**
   * @param from [V, columns]
   */
  private void copyRows(float[] from, float[] to) {
    int columns = from.length / newIds.length;
    for (int id = 0; id < newIds.length; id++) {
      System.arraycopy(from, id * columns, to, newIds[id] * columns, columns);
    }
  }

  /**
   * @param from [rows, V]
   */
  private void copyColumns(float[] from, float[] to) {
    int rows = from.length / newIds.length;
    for (int row = 0; row < rows; row++) {
      for (int id = 0; id < newIds.length; id++) {
        to[row * newSize + newIds[id]] = from[row * newIds.length + id];
      }
    }
  }
}
