package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/** {@code logits = W h + b} and the softmax cross-entropy of them, for all positions at once. */
final class OutputLayer implements AutoCloseable {
  private final NdWeights weights;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray ones; // [1, V]

  OutputLayer(NdWeights weights) {
    this.weights = weights;
    this.ones = owned.ones(1, weights.vocabularySize());
  }

  void forward(Activations activations) {
    INDArray logits = activations.logits;
    Nd4j.gemm(weights.linear, activations.after, logits, false, false, 1, 0);
    logits.addiColumnVector(weights.linearBias);
  }

  /**
   * Total cross-entropy: {@code log Σ exp(logits) − logits[target]}, with the largest logit taken
   * out of the sum so that no exponential overflows. Leaves the terms of the sum in place of the
   * logits, and the sums.
   *
   * @param targets {@code int[T*B]}
   */
  double crossEntropy(int[] targets, Activations activations) {
    INDArray logits = activations.logits;
    Nd4j.exec(new Max(logits, activations.largest, false, 0));
    logits.subiRowVector(activations.largest);
    double ofTargets = 0;
    DataBuffer values = logits.data();
    for (int position = 0; position < targets.length; position++) {
      ofTargets += values.getFloat(element(position, targets));
    }
    Nd4j.exec(new Exp(logits, logits));
    Nd4j.gemm(ones, logits, activations.sums, false, false, 1, 0);
    double logSums = 0;
    for (float sum : activations.sums.data().asFloat()) {
      logSums += Math.log(sum);
    }
    return logSums - ofTargets;
  }

  /**
   * The gradient of the mean cross-entropy: {@code (softmax(logits) − onehot(target)) / (T*B)} in
   * the logits, and from there on.
   *
   * @param activations as {@link #crossEntropy} left them
   * @param backward the gradient in each hidden state is written
   * @param gradients those of W and b are written
   */
  void backward(
      int[] targets, Activations activations, BackwardPass backward, NdWeights gradients) {
    INDArray gradient = activations.logits;
    gradient.diviRowVector(activations.sums.muli(targets.length));
    DataBuffer values = gradient.data();
    for (int position = 0; position < targets.length; position++) {
      long element = element(position, targets);
      values.put(element, values.getFloat(element) - 1f / targets.length);
    }
    Nd4j.gemm(weights.linear, gradient, backward.gradient, true, false, 1, 0);
    Nd4j.gemm(gradient, activations.after, gradients.linear, false, true, 1, 0);
    backward.sumOverPositions(gradient, gradients.linearBias);
  }

  private long element(int position, int[] targets) {
    return (long) position * weights.vocabularySize() + targets[position];
  }

  @Override
  public void close() {
    owned.close();
  }
}
