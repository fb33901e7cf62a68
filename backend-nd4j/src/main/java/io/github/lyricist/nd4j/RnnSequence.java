package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterAdd;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The simple recurrent cell over all time steps of a batch: {@code h' = tanh(W_ih x + b_ih + W_hh h
 * + b_hh)}. All that does not wait for the step before is done for all positions at once.
 */
final class RnnSequence {
  private final NdWeights weights;

  RnnSequence(NdWeights weights) {
    this.weights = weights;
  }

  /**
   * @param ids {@code int[T*B]}
   * @param activations the state before the first time step is read, those after each are written
   */
  void forward(int[] ids, Activations activations) {
    // x is one-hot: W_ih x is the token's column of W_ih.
    Nd4j.pullRows(weights.input.transpose(), activations.after.transpose(), 1, ids);
    activations.after.addiColumnVector(weights.inputBias).addiColumnVector(weights.recurrentBias);
    // ND4J's tanh in single precision is off by up to 150 units in the last place, and too small on
    // average, which adds up over time steps and training steps; in double it is as it should be.
    for (int t = 0; t < activations.steps(); t++) {
      INDArray next = activations.hiddenAt[t + 1];
      Nd4j.gemm(weights.recurrent, activations.hiddenAt[t], next, false, false, 1, 1);
      activations.inDouble.assign(next);
      Nd4j.exec(new Tanh(activations.inDouble, activations.inDouble));
      next.assign(activations.inDouble);
    }
  }

  /**
   * Backpropagation through time (Werbos, 1990). With {@code a} for what tanh is taken of, {@code
   * dL/da = dL/dh' ⊙ (1 − h'²)}.
   *
   * @param backward holds dL/dh' of each position from the output layer; left with dL/da
   * @param gradients those of W_ih, W_hh, b_ih and b_hh are written
   */
  void backward(int[] ids, Activations activations, BackwardPass backward, NdWeights gradients) {
    activations.after.muli(activations.after, backward.derivative).rsubi(1);
    for (int t = activations.steps() - 1; t >= 0; t--) {
      INDArray gradient = backward.gradientAt[t].muli(backward.derivativeAt[t]);
      if (t > 0) {
        Nd4j.gemm(weights.recurrent, gradient, backward.gradientAt[t - 1], true, false, 1, 1);
      }
    }
    INDArray gradient = backward.gradient;
    Nd4j.gemm(gradient, activations.before, gradients.recurrent, false, true, 1, 0);
    backward.sumOverPositions(gradient, gradients.inputBias);
    gradients.recurrentBias.assign(gradients.inputBias);
    scatter(ids, gradient, gradients.input);
  }

  /** The gradient of a gather: each position's column is added to that of its token. */
  private static void scatter(int[] ids, INDArray gradient, INDArray inputGradient) {
    INDArray tokens = inputGradient.assign(0).transpose(); // [V, H]
    try (INDArray positions = Nd4j.createFromArray(ids)) {
      ScatterAdd add = new ScatterAdd(tokens, positions, gradient.transpose());
      add.addOutputArgument(tokens); // in place
      add.addBArgument(true); // one at a time: a token occurs more than once
      Nd4j.exec(add);
    }
  }
}
