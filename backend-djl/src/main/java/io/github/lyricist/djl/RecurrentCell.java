package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;

/** One time step of a cell, by PyTorch's operators. */
@FunctionalInterface
interface RecurrentCell {
  /**
   * Goes from one state to the next.
   *
   * @param fromInput {@code W_ih x + b_ih}, {@code [B, G*H]}
   * @param fromHidden {@code W_hh h + b_hh}, {@code [B, G*H]}
   * @param before the cell's states, {@code [B, H]} each
   */
  TimeStep step(NDArray fromInput, NDArray fromHidden, NDList before);

  /**
   * What a time step computed.
   *
   * @param after the cell's states, {@code [B, H]} each
   * @param gates the cell's gates, {@code [B, H]} each
   */
  record TimeStep(NDList after, NDList gates) {}

  static RecurrentCell of(Cell cell) {
    return switch (cell.name()) {
      case "rnn" -> RecurrentCell::rnn;
      case "gru" -> RecurrentCell::gru;
      case "lstm" -> RecurrentCell::lstm;
      default ->
          throw InvalidInputException.ofKey(
              "model.cell",
              "djl has no cell '" + cell.name() + "'",
              "choose one of: " + Cell.all());
    };
  }

  /** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}. */
  private static TimeStep rnn(NDArray fromInput, NDArray fromHidden, NDList before) {
    NDList after = new NDList(fromInput.add(fromHidden).tanh());
    return new TimeStep(after, after);
  }

  /**
   * {@code r, z = σ(…)}, {@code n = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))}, {@code h' = (1 − z)
   * ⊙ n + z ⊙ h}, the last computed as {@code n + z ⊙ (h − n)}.
   */
  private static TimeStep gru(NDArray fromInput, NDArray fromHidden, NDList before) {
    NDArray h = before.head();
    long[] afterZ = {2 * h.getShape().get(1)};
    NDList input = fromInput.split(afterZ, 1); // of r and z, of n
    NDList hidden = fromHidden.split(afterZ, 1);
    NDList rAndZ = sigmoid(input.get(0).add(hidden.get(0))).split(2, 1);
    NDArray r = rAndZ.get(0);
    NDArray z = rAndZ.get(1);
    NDArray n = input.get(1).add(r.mul(hidden.get(1))).tanh();
    return new TimeStep(new NDList(n.add(z.mul(h.sub(n)))), new NDList(r, z, n));
  }

  /**
   * {@code i, f, o = σ(…)}, {@code g = tanh(…)}, {@code c' = f ⊙ c + i ⊙ g}, {@code h' = o ⊙
   * tanh(c')}.
   */
  private static TimeStep lstm(NDArray fromInput, NDArray fromHidden, NDList before) {
    NDList gates = fromInput.add(fromHidden).split(4, 1);
    NDArray i = sigmoid(gates.get(0));
    NDArray f = sigmoid(gates.get(1));
    NDArray g = gates.get(2).tanh();
    NDArray o = sigmoid(gates.get(3));
    NDArray c = f.mul(before.get(1)).add(i.mul(g));
    return new TimeStep(new NDList(o.mul(c.tanh()), c), new NDList(i, f, g, o));
  }

  private static NDArray sigmoid(NDArray x) {
    return x.getNDArrayInternal().sigmoid();
  }
}
