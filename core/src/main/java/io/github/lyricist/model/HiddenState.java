package io.github.lyricist.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a recurrent network remembers of B sequences, on Java's heap: for each name of {@link
 * Cell#states} an array {@code float[L*B*H]}.
 */
public final class HiddenState implements RecurrentState {
  /** The name of every cell's first state. */
  public static final String HIDDEN = "hidden";

  private final ModelSpec spec;
  private final int batchSize;
  private final Map<String, float[]> arrays = new LinkedHashMap<>();

  private HiddenState(ModelSpec spec, int batchSize) {
    this.spec = spec;
    this.batchSize = batchSize;
    int length =
        Math.multiplyExact(Math.multiplyExact(spec.layers(), batchSize), spec.hidden()); // L*B*H
    spec.cell().states().forEach(name -> arrays.put(name, new float[length]));
  }

  /** The zero state for B sequences side by side. */
  public static HiddenState zero(ModelSpec spec, int batchSize) {
    return new HiddenState(spec, batchSize);
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  /** The names of the states, in the cell's order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** The state with this name, {@code float[L*B*H]}, not a copy. */
  public float[] get(String name) {
    float[] array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no state " + name + " among " + names());
    }
    return array;
  }

  /** The hidden state, {@code float[L*B*H]}, not a copy. */
  public float[] hidden() {
    return get(HIDDEN);
  }

  @Override
  public void clear() {
    arrays.values().forEach(array -> Arrays.fill(array, 0));
  }

  @Override
  public HiddenState copy() {
    HiddenState copy = new HiddenState(spec, batchSize);
    copy.set(this);
    return copy;
  }

  @Override
  public void set(HiddenState values) {
    arrays.forEach((name, array) -> System.arraycopy(values.get(name), 0, array, 0, array.length));
  }

  /**
   * Several states as one, their sequences one after another.
   *
   * @param parts at least one, of the same model
   */
  public static HiddenState joined(List<HiddenState> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    HiddenState joined =
        new HiddenState(parts.get(0).spec, parts.stream().mapToInt(HiddenState::batchSize).sum());
    int row = 0;
    for (HiddenState part : parts) {
      part.copyTo(joined, row);
      row += part.batchSize;
    }
    return joined;
  }

  private void copyTo(HiddenState whole, int row) {
    int length = batchSize * spec.hidden();
    arrays.forEach(
        (name, from) -> {
          for (int k = 0; k < spec.layers(); k++) {
            int to = (k * whole.batchSize + row) * spec.hidden();
            System.arraycopy(from, k * length, whole.get(name), to, length);
          }
        });
  }

  /**
   * The states of some of the sequences, in this order; a sequence named twice is continued twice.
   *
   * @param rows which sequences, from 0 to B - 1
   */
  public HiddenState select(int... rows) {
    HiddenState selected = new HiddenState(spec, rows.length);
    int size = spec.hidden();
    arrays.forEach(
        (name, from) -> {
          float[] to = selected.get(name);
          for (int k = 0; k < spec.layers(); k++) {
            for (int b = 0; b < rows.length; b++) {
              int row = k * batchSize + Objects.checkIndex(rows[b], batchSize);
              System.arraycopy(from, row * size, to, (k * rows.length + b) * size, size);
            }
          }
        });
    return selected;
  }

  /** Does nothing: the garbage collector frees the heap. */
  @Override
  public void close() {}
}
