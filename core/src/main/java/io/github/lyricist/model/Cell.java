package io.github.lyricist.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of recurrent cell: its name, gates, states and parameters. These stand here and nowhere
 * else; how a cell computes is the matter of each engine.
 */
public interface Cell {
  /** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)} (Elman, 1990). Its one gate is h' itself. */
  Cell RNN = new GatedCell("rnn", List.of("h"), List.of(HiddenState.HIDDEN));

  /** Gated recurrent unit, gates r, z, n (Cho et al., 2014), in PyTorch's form. */
  Cell GRU = new GatedCell("gru", List.of("r", "z", "n"), List.of(HiddenState.HIDDEN));

  /** Long short-term memory, gates i, f, g, o (Hochreiter and Schmidhuber, 1997; Gers, 2000). */
  Cell LSTM =
      new GatedCell("lstm", List.of("i", "f", "g", "o"), List.of(HiddenState.HIDDEN, "cell"));

  /** The cells that every engine has. */
  static List<Cell> all() {
    return List.of(RNN, GRU, LSTM);
  }

  /** The cell with this name, if it is one of {@link #all}. */
  static Optional<Cell> called(String name) {
    return all().stream().filter(cell -> cell.name().equals(name)).findFirst();
  }

  /** What configs and files call it: {@code lstm}. */
  String name();

  /** The names of its G gates, in the order of their blocks of H rows in the cell's parameters. */
  List<String> gates();

  /**
   * The names of what it hands to its next time step, {@code [B, H]} each. The first is the hidden
   * state, which the layer above reads.
   */
  List<String> states();

  /**
   * The shapes of its parameters in one layer, by their names and in their order in a state dict.
   *
   * @param layer k, from 0
   * @param inputs the size of what the layer reads: V, E or H
   * @param hidden H
   */
  Map<String, Shape> parameters(int layer, int inputs, int hidden);
}
