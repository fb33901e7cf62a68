package io.github.lyricist.scratch.reference;

/**
 * The input side of a layer that reads one-hot vectors: {@code W_ih x + b_ih}. Since x is 1 at the
 * token id and 0 elsewhere, {@code W_ih x} is one column of {@code W_ih}.
 */
final class OneHotInput implements TokenInput {
  private final double[] weight; // [G*H, V]
  private final double[] bias; // [G*H]
  private final int vocabularySize;

  OneHotInput(Weights weights) {
    this.weight = weights.get("rnn.weight_ih_l0");
    this.bias = weights.get("rnn.bias_ih_l0");
    this.vocabularySize = weights.vocabularySize();
  }

  @Override
  public double[] forward(int id) {
    double[] wx = bias.clone();
    for (int row = 0; row < wx.length; row++) {
      wx[row] += weight[row * vocabularySize + id];
    }
    return wx;
  }

  /** {@code dL/dW_ih = dL/d(W_ih x + b_ih) xᵀ}: all 0 but for one column of it. */
  @Override
  public void backward(int id, double[] dwx, Weights gradients) {
    double[] dWeight = gradients.get("rnn.weight_ih_l0");
    double[] dBias = gradients.get("rnn.bias_ih_l0");
    for (int row = 0; row < dwx.length; row++) {
      dWeight[row * vocabularySize + id] += dwx[row];
      dBias[row] += dwx[row];
    }
  }

  /** x has one element that is not 0, and that is 1: what is left is the derivative by it. */
  @Override
  public double gradientTimesInput(int id, double[] dwx) {
    double sum = 0;
    for (int row = 0; row < dwx.length; row++) {
      sum += weight[row * vocabularySize + id] * dwx[row];
    }
    return sum;
  }
}
