package io.github.lyricist.scratch.reference;

/** The output layer, of one hidden state: {@code logits = W h + b}. */
final class Linear {
  private final double[] weight; // [V, H]
  private final double[] bias; // [V]
  private final double[] weightGradient;
  private final double[] biasGradient;
  private final Precision precision;

  Linear(Weights weights, Weights gradients, Precision precision) {
    this.weight = weights.get("linear.weight");
    this.bias = weights.get("linear.bias");
    this.weightGradient = gradients.get("linear.weight");
    this.biasGradient = gradients.get("linear.bias");
    this.precision = precision;
  }

  /**
   * The logits, {@code double[V]}.
   *
   * @param hidden {@code double[H]}
   */
  double[] forward(double[] hidden) {
    double[] logits = new double[bias.length];
    for (int v = 0; v < logits.length; v++) {
      double sum = bias[v];
      for (int j = 0; j < hidden.length; j++) {
        sum += weight[v * hidden.length + j] * hidden[j];
      }
      logits[v] = precision.round(sum);
    }
    return logits;
  }

  /**
   * Adds to the gradients of the weights.
   *
   * @param hidden as forward got it
   * @param logitsGradient {@code double[V]}
   * @return the gradient in the hidden state, {@code double[H]}
   */
  double[] backward(double[] hidden, double[] logitsGradient) {
    double[] hiddenGradient = new double[hidden.length];
    for (int v = 0; v < logitsGradient.length; v++) {
      biasGradient[v] += logitsGradient[v];
      for (int j = 0; j < hidden.length; j++) {
        weightGradient[v * hidden.length + j] += logitsGradient[v] * hidden[j];
        hiddenGradient[j] += logitsGradient[v] * weight[v * hidden.length + j];
      }
    }
    return hiddenGradient;
  }
}
