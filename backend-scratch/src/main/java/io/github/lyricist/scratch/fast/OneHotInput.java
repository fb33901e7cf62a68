package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;

/** One-hot vectors: their product with {@code W_ih} is a gather, and its gradient a scatter. */
final class OneHotInput implements LayerInput, TokenInput {
  private final float[] weight; // W_ih transposed, [V, G*H]
  private final int width; // G*H
  private final Kernels kernels;
  private final Scatter scatter;
  private int[] ids = new int[0]; // [T*B]

  OneHotInput(FastWeights weights, FastWeights gradients, Kernels kernels, Workers workers) {
    this.weight = weights.get("rnn.weight_ih_l0");
    this.width = weight.length / weights.vocabularySize();
    this.kernels = kernels;
    this.scatter = new Scatter(gradients.get("rnn.weight_ih_l0"), width, kernels, workers);
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
  public void backward(Matrix gradient) {
    scatter.sum(gradient, ids, false);
  }

  @Override
  public void backward() {}
}
