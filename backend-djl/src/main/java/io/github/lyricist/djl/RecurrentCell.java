package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.lyricist.model.Cell;

/** One time step of a cell, by PyTorch's operators. */
@FunctionalInterface
interface RecurrentCell {
  /**
   * Goes from one state to the next.
   *
   * @param fromInput {@code W_ih x + b_ih}, {@code [B, G*H]}
   * @param fromHidden {@code W_hh h + b_hh}, {@code [B, G*H]}
   * @param before h, with an LSTM also c, each {@code [B, H]}
   * @return the state after, likewise
   */
  NDList step(NDArray fromInput, NDArray fromHidden, NDList before);

  static RecurrentCell of(Cell cell) {
    return switch (cell) {
      case RNN -> RecurrentCell::rnn;
      case GRU -> RecurrentCell::gru;
      case LSTM -> RecurrentCell::lstm;
    };
  }

  /** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}. */
  private static NDList rnn(NDArray fromInput, NDArray fromHidden, NDList before) {
    return new NDList(fromInput.add(fromHidden).tanh());
  }

  /**
   * {@code r, z = σ(…)}, {@code n = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))}, {@code h' = (1 − z)
   * ⊙ n + z ⊙ h}, the last computed as {@code n + z ⊙ (h − n)}.
   */
  private static NDList gru(NDArray fromInput, NDArray fromHidden, NDList before) {
    NDArray h = before.head();
    long[] afterZ = {2 * h.getShape().get(1)};
    NDList input = fromInput.split(afterZ, 1); // of r and z, of n
    NDList hidden = fromHidden.split(afterZ, 1);
    NDList rAndZ = sigmoid(input.get(0).add(hidden.get(0))).split(2, 1);
    NDArray n = input.get(1).add(rAndZ.get(0).mul(hidden.get(1))).tanh();
    return new NDList(n.add(rAndZ.get(1).mul(h.sub(n))));
  }

  /**
   * {@code i, f, o = σ(…)}, {@code g = tanh(…)}, {@code c' = f ⊙ c + i ⊙ g}, {@code h' = o ⊙
   * tanh(c')}.
   */
  private static NDList lstm(NDArray fromInput, NDArray fromHidden, NDList before) {
    NDList gates = fromInput.add(fromHidden).split(4, 1);
    NDArray i = sigmoid(gates.get(0));
    NDArray f = sigmoid(gates.get(1));
    NDArray g = gates.get(2).tanh();
    NDArray o = sigmoid(gates.get(3));
    NDArray c = f.mul(before.get(1)).add(i.mul(g));
    return new NDList(o.mul(c.tanh()), c);
  }

  private static NDArray sigmoid(NDArray x) {
    return x.getNDArrayInternal().sigmoid();
  }
}
