package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/**
 * A layer's two biases. Where the sums from the input and from the hidden state are one, so are
 * their biases; where a cell keeps them apart, each has its own.
 */
final class GateBiases {
  private final float[] inputBias; // b_ih [G*H]
  private final float[] recurrentBias; // b_hh [G*H]
  private final float[] inputGradient;
  private final float[] recurrentGradient;
  private final boolean separate;
  private final float[] together; // [G*H]
  private final Kernels kernels;
  private final ColumnSums sums;

  GateBiases(
      int layer,
      CellArithmetic cell,
      FastWeights weights,
      FastWeights gradients,
      Kernels kernels,
      Workers workers) {
    this.inputBias = weights.get("rnn.bias_ih_l" + layer);
    this.recurrentBias = weights.get("rnn.bias_hh_l" + layer);
    this.inputGradient = gradients.get("rnn.bias_ih_l" + layer);
    this.recurrentGradient = gradients.get("rnn.bias_hh_l" + layer);
    this.separate = cell.recurrentSums() > 0;
    this.together = new float[inputBias.length];
    this.kernels = kernels;
    this.sums = new ColumnSums(kernels, workers);
  }

  /** Adds them anew, after they have changed. */
  void add() {
    kernels.sum(together, 0, inputBias, 0, recurrentBias, 0, together.length);
  }

  /** What the sums from the input begin with. */
  float[] ofInput() {
    return separate ? inputBias : together;
  }

  /** What the sums from the hidden state begin with, where they stand apart. */
  float[] ofRecurrence() {
    return recurrentBias;
  }

  /**
   * Leaves the gradients.
   *
   * @param fromInput the gradient in the sums from the input, {@code [T*B, G*H]}
   * @param fromHidden the gradient in those from the hidden state
   */
  void backward(Matrix fromInput, Matrix fromHidden) {
    sums.sum(fromInput, inputGradient);
    if (separate) {
      sums.sum(fromHidden, recurrentGradient);
    } else {
      System.arraycopy(inputGradient, 0, recurrentGradient, 0, inputGradient.length);
    }
  }
}
