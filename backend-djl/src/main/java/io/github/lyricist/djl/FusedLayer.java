package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.nn.recurrent.RNN;
import ai.djl.pytorch.jni.JniUtils;
import io.github.lyricist.model.Cell;
import java.util.function.Supplier;

/**
 * A layer by PyTorch's fused operator of its cell.
 *
 * @param weights W_ih {@code [G*H, I]}, W_hh {@code [G*H, H]}, b_ih and b_hh {@code [G*H]}
 */
record FusedLayer(Cell cell, NDList weights) implements RecurrentLayer {

  @Override
  public NDList forward(NDArray input, NDList before, boolean training) {
    NDArray h = before.head();
    NDArrayEx fused = input.getNDArrayInternal();
    return switch (cell.name()) {
      case "rnn" ->
          fused.rnn(input, h, weights, true, 1, RNN.Activation.TANH, 0, training, false, false);
      case "gru" -> fused.gru(input, h, weights, true, 1, 0, training, false, false);
      case "lstm" ->
          recorded(() -> fused.lstm(input, before, weights, true, 1, 0, training, false, false));
      default -> throw new IllegalArgumentException("PyTorch has no fused " + cell.name());
    };
  }

  /**
   * Does what autograd can go back through, wanted or not. oneDNN, by which PyTorch computes an
   * LSTM on the CPU, has one kernel for training and another for inference, and with PyTorch 2.7.1
   * the latter's numbers are wrong for many H, such as 5, 16, 33 and 100.
   */
  private static <T> T recorded(Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
