package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The parameters of one recurrent layer, or their gradients: views, of each gate its own.
 *
 * @param input W_ih: G matrices {@code [H, N]}, with N the size of the layer's input
 * @param recurrent W_hh: G matrices {@code [H, H]}
 * @param inputBias b_ih: G columns {@code [H, 1]}
 * @param recurrentBias b_hh: G columns {@code [H, 1]}
 */
record LayerWeights(
    INDArray[] input, INDArray[] recurrent, INDArray[] inputBias, INDArray[] recurrentBias) {

  /** G. */
  int gates() {
    return recurrent.length;
  }

  /** {@code sums[g] ← W_ih[g] x} for each gate g. */
  void multiplyInput(INDArray x, Series[] sums) {
    for (int g = 0; g < gates(); g++) {
      Nd4j.gemm(input[g], x, sums[g].whole(), false, false, 1, 0);
    }
  }

  /** {@code sums[g] ← sums[g] + W_hh[g] h} for some gate, at one time step. */
  void addRecurrent(int g, INDArray h, INDArray sums) {
    Nd4j.gemm(recurrent[g], h, sums, false, false, 1, 1);
  }

  /** {@code hGradient ← hGradient + W_hh[g]ᵀ gradient} for some gate, at one time step. */
  void addRecurrentBackward(int g, INDArray gradient, INDArray hGradient) {
    Nd4j.gemm(recurrent[g], gradient, hGradient, true, false, 1, 1);
  }
}
