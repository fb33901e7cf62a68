package io.github.lyricist.scratch.reference;

/**
 * The simple recurrent cell, one time step of one sequence (Elman, "Finding structure in time",
 * 1990): {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}.
 */
final class RnnCell {
  private final double[] weight; // W_hh [H, H]
  private final double[] bias; // b_hh [H]
  private final double[] weightGradient;
  private final double[] biasGradient;
  private final Precision precision;

  RnnCell(Weights weights, Weights gradients, Precision precision) {
    this.weight = weights.get("rnn.weight_hh_l0");
    this.bias = weights.get("rnn.bias_hh_l0");
    this.weightGradient = gradients.get("rnn.weight_hh_l0");
    this.biasGradient = gradients.get("rnn.bias_hh_l0");
    this.precision = precision;
  }

  /**
   * The next hidden state.
   *
   * @param fromInput {@code W_ih x + b_ih}, {@code double[H]}
   * @param hidden h, {@code double[H]}
   * @return h', {@code double[H]}
   */
  double[] forward(double[] fromInput, double[] hidden) {
    int size = hidden.length;
    double[] next = new double[size];
    for (int i = 0; i < size; i++) {
      double sum = fromInput[i] + bias[i];
      for (int j = 0; j < size; j++) {
        sum += weight[i * size + j] * hidden[j];
      }
      next[i] = precision.round(Math.tanh(sum));
    }
    return next;
  }

  /**
   * Adds to the gradients of W_hh and b_hh. With {@code a} for what tanh is taken of, {@code dL/da
   * = dL/dh' ⊙ (1 − h'²)}; all else follows from the product rule.
   *
   * @param hidden h, as forward got it
   * @param next h', as forward returned it
   * @param nextGradient dL/dh', {@code double[H]}
   * @param hiddenGradient dL/dh, {@code double[H]}, written
   * @return dL/da, {@code double[H]}, which is also the gradient in {@code fromInput}
   */
  double[] backward(
      double[] hidden, double[] next, double[] nextGradient, double[] hiddenGradient) {
    int size = hidden.length;
    double[] sumGradient = new double[size];
    for (int i = 0; i < size; i++) {
      sumGradient[i] = precision.round(nextGradient[i] * (1 - next[i] * next[i]));
      biasGradient[i] += sumGradient[i];
    }
    for (int j = 0; j < size; j++) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        weightGradient[i * size + j] += sumGradient[i] * hidden[j];
        sum += sumGradient[i] * weight[i * size + j];
      }
      hiddenGradient[j] = precision.round(sum);
    }
    return sumGradient;
  }
}
