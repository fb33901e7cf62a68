package io.github.lyricist.model;

/** The recurrent cells. */
public enum Cell {
  /** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)} (Elman, 1990). */
  RNN(1),
  /** Gated recurrent unit, gates r, z, n (Cho et al., 2014), in PyTorch's form. */
  GRU(3),
  /** Long short-term memory, gates i, f, g, o (Hochreiter and Schmidhuber, 1997; Gers, 2000). */
  LSTM(4);

  private final int gates;

  Cell(int gates) {
    this.gates = gates;
  }

  /** G, the number of blocks of H rows in the cell's weights. */
  public int gates() {
    return gates;
  }
}
