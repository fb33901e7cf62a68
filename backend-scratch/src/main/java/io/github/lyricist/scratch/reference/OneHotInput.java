package io.github.lyricist.scratch.reference;

import java.util.Arrays;

/**
 * The input side of a layer that reads one-hot vectors: {@code W_ih x + b_ih}. Since x is 1 at the
 * token id and 0 elsewhere, {@code W_ih x} is one column of {@code W_ih}.
 */
final class OneHotInput implements TokenInput {
  private final double[] weight; // [G*H, V]
  private final double[] bias; // [G*H]
  private final double[] weightGradient;
  private final double[] biasGradient;
  private final int vocabularySize;

  OneHotInput(Weights weights, Weights gradients, int vocabularySize) {
    this.weight = weights.get("rnn.weight_ih_l0");
    this.bias = weights.get("rnn.bias_ih_l0");
    this.weightGradient = gradients.get("rnn.weight_ih_l0");
    this.biasGradient = gradients.get("rnn.bias_ih_l0");
    this.vocabularySize = vocabularySize;
  }

  @Override
  public double[] forward(int id) {
    double[] sum = Arrays.copyOf(bias, bias.length);
    for (int row = 0; row < sum.length; row++) {
      sum[row] += weight[row * vocabularySize + id];
    }
    return sum;
  }

  @Override
  public void backward(int id, double[] gradient) {
    for (int row = 0; row < gradient.length; row++) {
      weightGradient[row * vocabularySize + id] += gradient[row];
      biasGradient[row] += gradient[row];
    }
  }
}
