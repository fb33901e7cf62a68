package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;
import java.util.Arrays;

/** A learned embedding: each token's row of a matrix {@code [V, E]}. */
final class Embedding implements TokenInput {
  private final float[] weight; // [V, E]
  private final float[] weightGradient;
  private final boolean tied;
  private final int size; // E
  private final DenseInput input;
  private final Products products;
  private int[] ids = new int[0]; // [T*B]
  private float[] rows = new float[0]; // [T*B, E]
  private float[] rowsGradient = new float[0]; // [T*B, E]

  Embedding(
      FastWeights weights, FastWeights gradients, int size, DenseInput input, Products products) {
    this.weight = weights.get("embedding.weight");
    this.weightGradient = gradients.get("embedding.weight");
    this.tied = weights.spec().tieWeights();
    this.size = size;
    this.input = input;
    this.products = products;
  }

  @Override
  public LayerInput input() {
    return input;
  }

  @Override
  public void read(int[] ids) {
    this.ids = ids;
    if (rows.length < ids.length * size) {
      rows = new float[ids.length * size];
      rowsGradient = new float[ids.length * size];
    }
    for (int position = 0; position < ids.length; position++) {
      System.arraycopy(weight, ids[position] * size, rows, position * size, size);
    }
    input.read(Matrix.of(rows, 0, ids.length, size), Matrix.of(rowsGradient, 0, ids.length, size));
  }

  /**
   * Leaves the gradient in the embedding. Where the output layer shares the weights, it has left
   * its part there already.
   */
  @Override
  public void backward() {
    if (!tied) {
      Arrays.fill(weightGradient, 0);
    }
    products.scatterRows(Matrix.of(rowsGradient, 0, ids.length, size), ids, weightGradient);
  }
}
