package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;

/** A learned embedding: each token's row of a matrix {@code [V, E]}. */
final class Embedding implements TokenInput {
  private final float[] weight; // [V, E]
  private final int size; // E
  private final DenseInput input;
  private int[] ids = new int[0]; // [T*B]
  private Matrix rows = Matrix.empty(); // [T*B, E]
  private Matrix rowsGradient = Matrix.empty(); // [T*B, E]

  /**
   * @param weight {@code float[V*E]}; not copied
   */
  Embedding(float[] weight, int vocabularySize, DenseInput input) {
    this.weight = weight;
    this.size = weight.length / vocabularySize;
    this.input = input;
  }

  @Override
  public LayerInput input() {
    return input;
  }

  @Override
  public void read(int[] ids) {
    this.ids = ids;
    rows = rows.ofShape(ids.length, size);
    for (int position = 0; position < ids.length; position++) {
      System.arraycopy(weight, ids[position] * size, rows.data(), position * size, size);
    }
    input.read(rows);
  }

  @Override
  public void weightGradients(Matrix gradient, TokenGradients gradients) {
    input.weightGradient(gradient, gradients.input());
    takeRowsGradient(gradient);
    gradients.table().sum(rowsGradient, ids, gradients.isShared());
  }

  @Override
  public float[] attribution(Matrix gradient) {
    takeRowsGradient(gradient);
    return DotProducts.ofRows(rowsGradient, weight, ids, size);
  }

  private void takeRowsGradient(Matrix gradient) {
    rowsGradient = rowsGradient.ofShape(ids.length, size);
    input.readGradient(gradient, rowsGradient);
  }
}
