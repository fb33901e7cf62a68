package io.github.lyricist.nd4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's hidden states, or an LSTM's cell states, before the first time step and after each. */
final class States {
  private final INDArray whole; // [H, (T+1)*B]
  private final int length; // H*B, of one time step
  final Series before; // [H, T*B]: before each time step
  final Series after; // [H, T*B]: after each time step

  States(int size, BatchShape shape, NativeArrays owned) {
    int batchSize = shape.batchSize();
    this.length = size * batchSize;
    this.whole = owned.matrix(size, shape.positions() + batchSize);
    this.before = Series.of(Series.columns(whole, 0, shape.positions()), batchSize);
    this.after = Series.of(Series.columns(whole, batchSize, whole.columns()), batchSize);
  }

  /**
   * Takes what is before the first time step.
   *
   * @param states {@code float[L*B*H]}
   */
  void take(float[] states, int layer) {
    pointerTo(before.at()[0]).put(states, layer * length, length);
  }

  /**
   * Leaves what is after the last time step.
   *
   * @param states {@code float[L*B*H]}
   */
  void leave(float[] states, int layer) {
    pointerTo(after.at()[after.at().length - 1]).get(states, layer * length, length);
  }

  private FloatPointer pointerTo(INDArray view) {
    return new FloatPointer(whole.data().pointer()).position(view.offset());
  }
}
