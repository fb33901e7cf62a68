package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/** One-hot vectors: their product with {@code W_ih} is a gather, and its gradient a scatter. */
final class OneHotInput implements LayerInput, TokenInput {
  private final float[] weight; // W_ih transposed, [V, G*H]
  private final int width; // G*H
  private final Kernels kernels;
  private int[] ids = new int[0]; // [T*B]

  OneHotInput(NetworkWeights weights) {
    this.weight = weights.table();
    this.width = weights.spec().gateRows();
    this.kernels = weights.kernels();
  }

  @Override
  public LayerInput input() {
    return this;
  }

  @Override
  public void read(int[] ids) {
    this.ids = ids;
  }

  @Override
  public void gather(int position, float[] to, int at, float[] bias) {
    kernels.sum(to, at, weight, ids[position] * width, bias, 0, width);
  }

  @Override
  public void weightGradients(Matrix gradient, TokenGradients gradients) {
    gradients.table().sum(gradient, ids, false);
  }

  /** The vector has one element that is not zero, and that is 1. */
  @Override
  public float[] attribution(Matrix gradient) {
    return DotProducts.ofRows(gradient, weight, ids, width);
  }
}
