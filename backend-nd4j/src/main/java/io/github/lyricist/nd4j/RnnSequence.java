package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The simple recurrent cell (Elman, 1990): {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}. Its
 * one gate is h' itself.
 */
final class RnnSequence extends RecurrentSequence {
  private final Tanh tanh;

  RnnSequence(
      LayerWeights weights, int size, BatchShape shape, boolean learns, NativeArrays owned) {
    this(weights, size, shape, states(1, size, shape, owned), owned);
  }

  private RnnSequence(
      LayerWeights weights, int size, BatchShape shape, States[] states, NativeArrays owned) {
    super(weights, shape, states, new Series[] {states[0].after}, owned);
    this.tanh = new Tanh(size, shape, owned);
  }

  @Override
  void forward() {
    addBias(weights.inputBias()[0], 1, hidden.after.whole());
    addBias(weights.recurrentBias()[0], 1, hidden.after.whole());
    for (int t = 0; t < steps; t++) {
      INDArray next = hidden.after.at()[t];
      weights.addRecurrent(0, hidden.before.at()[t], next);
      tanh.apply(next, next);
    }
  }

  /** With {@code a} for what tanh is taken of, {@code dL/da = dL/dh' ⊙ (1 − h'²)}. */
  @Override
  void backward(BackwardPass backward) {
    INDArray[] inHidden = backward.hidden.at();
    INDArray[] inSum = backward.gates[0].at();
    INDArray h = hidden.after.whole();
    h.muli(h, backward.gates[0].whole()).rsubi(1);
    for (int t = steps - 1; t >= 0; t--) {
      inSum[t].muli(inHidden[t]);
      if (t > 0) {
        weights.addRecurrentBackward(0, inSum[t], inHidden[t - 1]);
      }
    }
  }
}
