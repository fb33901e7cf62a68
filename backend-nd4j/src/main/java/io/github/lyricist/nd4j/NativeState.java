package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network remembers of B sequences, in ND4J's memory. */
final class NativeState implements AutoCloseable {
  private final ModelSpec spec;
  private final int batchSize;
  private final NativeArrays owned = new NativeArrays();
  private final List<Series> states; // by the names of Cell.states; of L layers, not of time steps

  private NativeState(ModelSpec spec, int batchSize) {
    this.spec = spec;
    this.batchSize = batchSize;
    BatchShape layers = new BatchShape(batchSize, spec.layers());
    this.states =
        spec.cell().states().stream().map(name -> owned.series(spec.hidden(), layers)).toList();
  }

  static NativeState zero(ModelSpec spec, int batchSize) {
    NativeState zero = new NativeState(spec, batchSize);
    zero.states.forEach(state -> state.whole().assign(0));
    return zero;
  }

  static NativeState of(ModelSpec spec, HiddenState values) {
    NativeState state = new NativeState(spec, values.batchSize());
    state.set(values);
    return state;
  }

  int batchSize() {
    return batchSize;
  }

  /**
   * A layer's state, {@code [H, B]}, not a copy.
   *
   * @param state which of {@link io.github.lyricist.model.Cell#states}
   */
  INDArray at(int state, int layer) {
    return states.get(state).at()[layer];
  }

  /** Column by column, {@code [H, L*B]} lies as {@code float[L*B*H]} does. */
  private FloatPointer pointerTo(int state, float[] heap) {
    INDArray whole = states.get(state).whole();
    if (heap.length != whole.length()) {
      throw new IllegalArgumentException(
          "expected a state of %d numbers, found %d".formatted(whole.length(), heap.length));
    }
    return new FloatPointer(whole.data().pointer());
  }

  /** Takes over the numbers of a state of as many sequences. */
  void set(HiddenState values) {
    for (int i = 0; i < states.size(); i++) {
      float[] heap = values.get(spec.cell().states().get(i));
      pointerTo(i, heap).put(heap, 0, heap.length);
    }
  }

  /** Writes the numbers to a state of as many sequences. */
  void copyTo(HiddenState values) {
    for (int i = 0; i < states.size(); i++) {
      float[] heap = values.get(spec.cell().states().get(i));
      pointerTo(i, heap).get(heap, 0, heap.length);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
