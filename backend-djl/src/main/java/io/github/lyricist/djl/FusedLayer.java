package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.recurrent.RNN;
import io.github.lyricist.model.Cell;
import java.util.Optional;

/**
 * A layer by PyTorch's fused operator of its cell.
 *
 * @param weights W_ih {@code [G*H, I]}, W_hh {@code [G*H, H]}, b_ih and b_hh {@code [G*H]}
 */
record FusedLayer(Operator operator, NDList weights) implements RecurrentLayer {

  /** A fused operator: like {@link RecurrentLayer#forward}. */
  @FunctionalInterface
  interface Operator {
    NDList forward(NDArray input, NDList before, NDList weights, boolean training);
  }

  /** The fused operator of a cell, if PyTorch has one. */
  static Optional<Operator> operator(Cell cell) {
    return Optional.ofNullable(
        switch (cell.name()) {
          case "rnn" -> FusedLayer::rnn;
          case "gru" -> FusedLayer::gru;
          case "lstm" -> FusedLayer::lstm;
          default -> null;
        });
  }

  /** Layer k of a network whose cell has such an operator. */
  static FusedLayer of(DjlWeights weights, int k) {
    return new FusedLayer(operator(weights.spec().cell()).orElseThrow(), weights.ofFused(k));
  }

  @Override
  public NDList forward(NDArray input, NDList before, boolean training) {
    return operator.forward(input, before, weights, training);
  }

  private static NDList rnn(NDArray input, NDList before, NDList weights, boolean training) {
    return input
        .getNDArrayInternal()
        .rnn(
            input, before.head(), weights, true, 1, RNN.Activation.TANH, 0, training, false, false);
  }

  private static NDList gru(NDArray input, NDList before, NDList weights, boolean training) {
    return input
        .getNDArrayInternal()
        .gru(input, before.head(), weights, true, 1, 0, training, false, false);
  }

  /**
   * Always while recording, wanted or not. oneDNN, by which PyTorch computes an LSTM on the CPU,
   * has one kernel for training and another for inference, and with PyTorch 2.7.1 the latter's
   * numbers are wrong on some processors for many H, such as 5, 16, 33 and 100.
   */
  private static NDList lstm(NDArray input, NDList before, NDList weights, boolean training) {
    return Autograd.recording(
        () ->
            input
                .getNDArrayInternal()
                .lstm(input, before, weights, true, 1, 0, training, false, false));
  }
}
