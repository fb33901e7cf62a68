package io.github.lyricist.nd4j;

import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;

/** {@code logits = W h + b} and the softmax cross-entropy of them, for all positions at once. */
final class OutputLayer {
  private final INDArray weight; // Wᵀ, [H, V]
  private final INDArray bias; // [V, 1]
  private final INDArray logits; // [V, T*B]; softmax's terms are made of them, then their gradients
  private final INDArray largest; // [T*B]: the largest logit of each position
  private final INDArray sums; // [1, T*B]: the softmax's denominators
  private final INDArray onesForTokens; // [1, V]
  private final INDArray onesForPositions; // [1, T*B]

  OutputLayer(NdWeights weights, BatchShape shape, NativeArrays owned) {
    this.weight = weights.linear();
    this.bias = weights.linearBias();
    this.logits = owned.matrix(weights.vocabularySize(), shape.positions());
    this.largest = owned.vector(shape.positions());
    this.sums = owned.matrix(1, shape.positions());
    this.onesForTokens = owned.ones(1, weights.vocabularySize());
    this.onesForPositions = owned.ones(1, shape.positions());
  }

  /** From what the last layer put out, {@code [H, T*B]}, to logits. */
  void forward(INDArray hidden) {
    Nd4j.gemm(weight, hidden, logits, true, false, 1, 0);
    Nd4j.gemm(bias, onesForPositions, logits, false, false, 1, 1);
  }

  /** Copies the logits: {@code float[T*B*V]}. */
  void copyLogits(float[] to) {
    int length = Math.toIntExact(logits.length());
    Objects.checkFromIndexSize(0, length, to.length); // JavaCPP would write beyond the end
    new FloatPointer(logits.data().pointer()).get(to, 0, length);
  }

  /**
   * Total cross-entropy: {@code log Σ exp(logits) − logits[target]}, with the largest logit taken
   * out of the sum so that no exponential overflows. Leaves the terms of the sum in place of the
   * logits, and the sums.
   *
   * @param targets {@code int[T*B]}
   */
  double crossEntropy(int[] targets) {
    Nd4j.exec(new Max(logits, largest, false, 0));
    logits.subiRowVector(largest);
    double ofTargets = 0;
    DataBuffer values = logits.data();
    for (int position = 0; position < targets.length; position++) {
      ofTargets += values.getFloat(element(position, targets));
    }
    Nd4j.exec(new Exp(logits, logits));
    Nd4j.gemm(onesForTokens, logits, sums, false, false, 1, 0);
    double logSums = 0;
    for (float sum : sums.data().asFloat()) {
      logSums += Math.log(sum);
    }
    return logSums - ofTargets;
  }

  /**
   * The gradient of the cross-entropy, divided by {@code predictions}: {@code (softmax(logits) −
   * onehot(target)) / predictions} in the logits, and from there on. Comes after {@link
   * #crossEntropy}.
   *
   * @param hidden as forward got it
   * @param backward the gradient in it is written
   * @param gradients those of W and b are written
   */
  void backward(
      int[] targets,
      long predictions,
      INDArray hidden,
      BackwardPass backward,
      NdWeights gradients) {
    INDArray gradient = logits.diviRowVector(sums.muli(predictions));
    DataBuffer values = gradient.data();
    for (int position = 0; position < targets.length; position++) {
      long element = element(position, targets);
      values.put(element, values.getFloat(element) - 1f / predictions);
    }
    Nd4j.gemm(weight, gradient, backward.hidden.whole(), false, false, 1, 0);
    Nd4j.gemm(hidden, gradient, gradients.linear(), false, true, 1, 0);
    backward.sumOverPositions(gradient, gradients.linearBias());
  }

  /**
   * The gradient of one logit of each sequence after the last time step: W's row of that token.
   *
   * @param tokens {@code int[B]}
   * @param backward the gradient in what the last layer put out is written
   */
  void explain(int[] tokens, BackwardPass backward) {
    INDArray[] inHidden = backward.hidden.at();
    backward.hidden.whole().assign(0);
    Tokens.gather(weight, tokens, inHidden[inHidden.length - 1]);
  }

  private long element(int position, int[] targets) {
    return (long) position * logits.rows() + targets[position];
  }
}
