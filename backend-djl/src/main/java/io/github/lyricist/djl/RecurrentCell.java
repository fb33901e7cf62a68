package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import java.util.function.UnaryOperator;

/** One time step of a cell, by PyTorch's operators. */
@FunctionalInterface
interface RecurrentCell {
  /**
   * What a time step computes.
   *
   * @param gates in the order of {@link Cell#gates}, each {@code [B, H]}
   * @param after the state after it, in the order of {@link Cell#states}, each {@code [B, H]}
   */
  record Step(NDList gates, NDList after) {}

  /**
   * One time step.
   *
   * @param fromInput {@code W_ih x + b_ih}, {@code [B, G*H]}
   * @param before the state before it, in the order of {@link Cell#states}, each {@code [B, H]}
   */
  Step step(NDArray fromInput, NDList before);

  /**
   * The cell of one layer.
   *
   * @param recurrent computes {@code W_hh h + b_hh}, {@code [B, G*H]}, from h {@code [B, H]}
   */
  static RecurrentCell of(Cell cell, UnaryOperator<NDArray> recurrent) {
    return switch (cell.name()) {
      case "rnn" -> (fromInput, before) -> rnn(fromInput, recurrent.apply(before.head()));
      case "gru" ->
          (fromInput, before) -> gru(fromInput, recurrent.apply(before.head()), before.head());
      case "lstm" ->
          (fromInput, before) -> lstm(fromInput, recurrent.apply(before.head()), before.get(1));
      default -> throw unknown(cell);
    };
  }

  /** That there is no such cell. */
  static InvalidInputException unknown(Cell cell) {
    return InvalidInputException.ofKey(
        "model.cell",
        "the engine %s has no cell '%s'".formatted(DjlBackendProvider.NAME, cell.name()),
        "choose one of: rnn, gru, lstm");
  }

  /** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)}. */
  private static Step rnn(NDArray fromInput, NDArray fromHidden) {
    NDList after = new NDList(fromInput.add(fromHidden).tanh());
    return new Step(after, after);
  }

  /**
   * {@code r, z = σ(…)}, {@code n = tanh(W_in x + b_in + r ⊙ (W_hn h + b_hn))}, {@code h' = (1 − z)
   * ⊙ n + z ⊙ h}, the last computed as {@code n + z ⊙ (h − n)}.
   */
  private static Step gru(NDArray fromInput, NDArray fromHidden, NDArray h) {
    long[] afterZ = {2 * h.getShape().get(1)};
    NDList input = fromInput.split(afterZ, 1); // of r and z, of n
    NDList hidden = fromHidden.split(afterZ, 1);
    NDList rAndZ = sigmoid(input.get(0).add(hidden.get(0))).split(2, 1);
    NDArray r = rAndZ.get(0);
    NDArray z = rAndZ.get(1);
    NDArray n = input.get(1).add(r.mul(hidden.get(1))).tanh();
    return new Step(new NDList(r, z, n), new NDList(n.add(z.mul(h.sub(n)))));
  }

  /**
   * {@code i, f, o = σ(…)}, {@code g = tanh(…)}, {@code c' = f ⊙ c + i ⊙ g}, {@code h' = o ⊙
   * tanh(c')}.
   */
  private static Step lstm(NDArray fromInput, NDArray fromHidden, NDArray c) {
    NDList gates = fromInput.add(fromHidden).split(4, 1);
    NDArray i = sigmoid(gates.get(0));
    NDArray f = sigmoid(gates.get(1));
    NDArray g = gates.get(2).tanh();
    NDArray o = sigmoid(gates.get(3));
    NDArray after = f.mul(c).add(i.mul(g));
    return new Step(new NDList(i, f, g, o), new NDList(o.mul(after.tanh()), after));
  }

  private static NDArray sigmoid(NDArray x) {
    return x.getNDArrayInternal().sigmoid();
  }
}
