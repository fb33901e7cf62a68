package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's hidden states, or an LSTM's cell states, before the first time step and after each. */
final class States {
  final Series before; // [H, T*B]: before each time step
  final Series after; // [H, T*B]: after each time step

  States(int size, BatchShape shape, NativeArrays owned) {
    int batchSize = shape.batchSize();
    INDArray whole = owned.matrix(size, shape.positions() + batchSize); // [H, (T+1)*B]
    this.before = Series.of(Series.columns(whole, 0, shape.positions()), batchSize);
    this.after = Series.of(Series.columns(whole, batchSize, whole.columns()), batchSize);
  }

  /**
   * Takes what is before the first time step.
   *
   * @param state {@code [H, B]}
   */
  void take(INDArray state) {
    before.at()[0].assign(state);
  }

  /**
   * Leaves what is after the last time step.
   *
   * @param state {@code [H, B]}, written
   */
  void leave(INDArray state) {
    state.assign(after.at()[after.at().length - 1]);
  }
}
