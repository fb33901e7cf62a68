package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/** A learned embedding: each token's row of a matrix {@code [V, E]}. */
final class Embedding implements TokenInput {
  private final float[] weight; // [V, E]
  private final boolean tied;
  private final int size; // E
  private final DenseInput input;
  private final Scatter scatter;
  private int[] ids = new int[0]; // [T*B]
  private Matrix rows = Matrix.empty(); // [T*B, E]
  private Matrix rowsGradient = Matrix.empty(); // [T*B, E]

  Embedding(
      FastWeights weights,
      FastWeights gradients,
      int size,
      DenseInput input,
      Kernels kernels,
      Workers workers) {
    this.weight = weights.get("embedding.weight");
    this.tied = weights.spec().tieWeights();
    this.size = size;
    this.input = input;
    this.scatter = new Scatter(gradients.get("embedding.weight"), size, kernels, workers);
  }

  @Override
  public LayerInput input() {
    return input;
  }

  @Override
  public void read(int[] ids) {
    this.ids = ids;
    rows = rows.ofShape(ids.length, size);
    rowsGradient = rowsGradient.ofShape(ids.length, size);
    for (int position = 0; position < ids.length; position++) {
      System.arraycopy(weight, ids[position] * size, rows.data(), position * size, size);
    }
    input.read(rows, rowsGradient);
  }

  /**
   * Leaves the gradient in the embedding. Where the output layer shares the weights, it has left
   * its part there already.
   */
  @Override
  public void backward() {
    scatter.sum(rowsGradient, ids, tied);
  }
}
