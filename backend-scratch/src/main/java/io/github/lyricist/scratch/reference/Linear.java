package io.github.lyricist.scratch.reference;

/** An affine map of one vector: {@code y = W x + b}. */
final class Linear {
  private final double[] weight; // [N, M]
  private final double[] bias; // [N]
  private final double[] weightGradient;
  private final double[] biasGradient;
  private final Precision precision;

  /**
   * @param weight the name of W among the weights
   * @param bias the name of b
   */
  Linear(Weights weights, Weights gradients, String weight, String bias, Precision precision) {
    this.weight = weights.get(weight);
    this.bias = weights.get(bias);
    this.weightGradient = gradients.get(weight);
    this.biasGradient = gradients.get(bias);
    this.precision = precision;
  }

  /** y, {@code double[N]}, of x, {@code double[M]}. */
  double[] forward(double[] x) {
    double[] y = new double[bias.length];
    for (int i = 0; i < y.length; i++) {
      double sum = bias[i];
      for (int j = 0; j < x.length; j++) {
        sum += weight[i * x.length + j] * x[j];
      }
      y[i] = precision.round(sum);
    }
    return y;
  }

  /**
   * Adds to the gradients of W and b.
   *
   * @param x as forward got it
   * @param yGradient the gradient in y, {@code double[N]}
   * @return the gradient in x, {@code double[M]}
   */
  double[] backward(double[] x, double[] yGradient) {
    double[] xGradient = new double[x.length];
    for (int i = 0; i < yGradient.length; i++) {
      biasGradient[i] += yGradient[i];
      for (int j = 0; j < x.length; j++) {
        weightGradient[i * x.length + j] += yGradient[i] * x[j];
        xGradient[j] += yGradient[i] * weight[i * x.length + j];
      }
    }
    for (int j = 0; j < x.length; j++) {
      xGradient[j] = precision.round(xGradient[j]);
    }
    return xGradient;
  }
}
