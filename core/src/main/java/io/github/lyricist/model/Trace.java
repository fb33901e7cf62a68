package io.github.lyricist.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What happened inside a network while it read a batch: for every layer k and each of its cell's
 * states and gates an array {@code float[T*B*H]}, the values after each time step. They are called
 * {@code l0.hidden}, {@code l0.cell}, {@code l0.gate.i} and so on, by the names of {@link
 * Cell#states} and {@link Cell#gates}. A plain copy.
 */
public final class Trace {
  private final Map<String, float[]> arrays = new LinkedHashMap<>();

  /** The name of a state in layer {@code layer}. */
  public static String state(int layer, String state) {
    return "l" + layer + "." + state;
  }

  /** The name of a gate in layer {@code layer}. */
  public static String gate(int layer, String gate) {
    return "l" + layer + ".gate." + gate;
  }

  /**
   * Adds an array.
   *
   * @param values {@code float[T*B*H]}
   */
  public void put(String name, float[] values) {
    arrays.put(name, values);
  }

  public Set<String> names() {
    return arrays.keySet();
  }

  /** The array with this name, {@code float[T*B*H]}, not a copy. */
  public float[] get(String name) {
    float[] values = arrays.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no " + name + " among " + names());
    }
    return values;
  }
}
