package io.github.lyricist.scratch.reference;

import java.util.Arrays;

/** An affine map of one vector: {@code y = W x + b}. */
final class Linear {
  private final String weightName;
  private final String biasName;
  private final double[] weight; // [N, M]
  private final double[] bias; // [N]
  private final Precision precision;

  /**
   * @param weight the name of W among the weights
   * @param bias the name of b
   */
  Linear(Weights weights, String weight, String bias, Precision precision) {
    this.weightName = weight;
    this.biasName = bias;
    this.weight = weights.get(weight);
    this.bias = weights.get(bias);
    this.precision = precision;
  }

  /** y, {@code double[N]}, of x, {@code double[M]}. */
  double[] forward(double[] x) {
    return precision.vector(
        bias.length,
        i -> {
          double y = bias[i];
          for (int j = 0; j < x.length; j++) {
            y += weight[i * x.length + j] * x[j];
          }
          return y;
        });
  }

  /**
   * In the forward pass this was {@code y = W x + b}, so now we have
   *
   * <pre>{@code
   * dL/dW = dL/dy xᵀ
   * dL/db = dL/dy
   * dL/dx = Wᵀ dL/dy
   * }</pre>
   *
   * @param x as forward got it
   * @param dy dL/dy, {@code double[N]}
   * @param gradients dL/dW and dL/db are added to those of the time steps after this one
   * @return dL/dx, {@code double[M]}
   */
  double[] backward(double[] x, double[] dy, Weights gradients) {
    double[] dWeight = gradients.get(weightName);
    double[] dBias = gradients.get(biasName);
    for (int i = 0; i < dy.length; i++) {
      for (int j = 0; j < x.length; j++) {
        dWeight[i * x.length + j] += dy[i] * x[j];
      }
      dBias[i] += dy[i];
    }
    return backward(dy);
  }

  /** {@code dL/dx = Wᵀ dL/dy} alone. */
  double[] backward(double[] dy) {
    double[] dx = new double[weight.length / bias.length];
    for (int i = 0; i < dy.length; i++) {
      for (int j = 0; j < dx.length; j++) {
        dx[j] += weight[i * dx.length + j] * dy[i];
      }
    }
    precision.set(dx, j -> dx[j]);
    return dx;
  }

  /** The gradient of y's element i in x, {@code double[M]}: a row of W. */
  double[] row(int i) {
    int columns = weight.length / bias.length;
    return Arrays.copyOfRange(weight, i * columns, (i + 1) * columns);
  }
}
