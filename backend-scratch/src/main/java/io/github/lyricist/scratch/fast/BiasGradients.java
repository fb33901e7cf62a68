package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;

/** Where the gradients of a layer's two biases go. */
final class BiasGradients {
  private final float[] input; // of b_ih [G*H]
  private final float[] recurrent; // of b_hh [G*H]
  private final boolean separate;
  private final ColumnSums sums;

  /**
   * @param separate whether the sums from the hidden state stand apart from those from the input
   */
  BiasGradients(float[] input, float[] recurrent, boolean separate, Products products) {
    this.input = input;
    this.recurrent = recurrent;
    this.separate = separate;
    this.sums = new ColumnSums(products.kernels(), products.workers());
  }

  /**
   * Leaves the gradients.
   *
   * @param fromInput the gradient in the sums from the input, {@code [T*B, G*H]}
   * @param fromHidden the gradient in those from the hidden state
   */
  void take(Matrix fromInput, Matrix fromHidden) {
    sums.sum(fromInput, input);
    if (separate) {
      sums.sum(fromHidden, recurrent);
    } else {
      System.arraycopy(input, 0, recurrent, 0, input.length);
    }
  }
}
