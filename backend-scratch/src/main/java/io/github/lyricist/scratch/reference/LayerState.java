package io.github.lyricist.scratch.reference;

/**
 * What a layer hands from one time step of a sequence to the next; or the gradient in it.
 *
 * @param hidden h, {@code double[H]}
 * @param cell an LSTM's c, {@code double[H]}; empty for the other cells
 */
record LayerState(double[] hidden, double[] cell) {
  static LayerState zero(int size, boolean withCell) {
    return new LayerState(new double[size], new double[withCell ? size : 0]);
  }
}
