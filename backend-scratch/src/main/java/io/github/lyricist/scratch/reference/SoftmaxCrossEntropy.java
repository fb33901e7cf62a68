package io.github.lyricist.scratch.reference;

/** The loss of one prediction: {@code −log softmax(logits)[target]}. */
final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /**
   * {@code log Σ exp(logits) − logits[target]}, with the largest logit taken out of the sum so that
   * no exponential overflows.
   *
   * @param logits {@code double[V]}
   */
  static double forward(double[] logits, int target) {
    return logSumExp(logits) - logits[target];
  }

  /**
   * In the forward pass this was {@code log Σ exp(logits) − logits[target]}, so now we have {@code
   * exp(logits) / Σ exp(logits) − onehot(target)}, which is {@code softmax(logits) −
   * onehot(target)}; and that times {@code scale}.
   *
   * @param logits {@code double[V]}
   * @return the gradient in the logits, {@code double[V]}
   */
  static double[] backward(double[] logits, int target, double scale) {
    double logSum = logSumExp(logits);
    double[] gradient = new double[logits.length];
    for (int v = 0; v < logits.length; v++) {
      gradient[v] = (Math.exp(logits[v] - logSum) - (v == target ? 1 : 0)) * scale;
    }
    return gradient;
  }

  private static double logSumExp(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - max);
    }
    return max + Math.log(sum);
  }
}
