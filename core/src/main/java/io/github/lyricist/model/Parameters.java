package io.github.lyricist.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Named arrays of single-precision numbers: a model's parameters, or their gradients, in PyTorch's
 * names and order. A plain copy: no engine's memory is behind it.
 */
public final class Parameters {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();

  /** Adds an array; parameters are kept in the order in which they were added. */
  public void put(String name, Shape shape, float[] value) {
    if (shape.size() != value.length) {
      throw new IllegalArgumentException(
          "%s: expected %d elements for %s, found %d"
              .formatted(name, shape.size(), shape, value.length));
    }
    shapes.put(name, shape);
    values.put(name, value);
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** The array with this name, not a copy of it. */
  public float[] get(String name) {
    float[] value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + names());
    }
    return value;
  }

  /** Hands over the array with this name, which these parameters no longer have afterwards. */
  public float[] take(String name) {
    float[] value = get(name);
    values.remove(name);
    shapes.remove(name);
    return value;
  }

  public Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + names());
    }
    return shape;
  }

  public void forEach(BiConsumer<String, float[]> action) {
    values.forEach(action);
  }

  /** Number of elements of all arrays together. */
  public long count() {
    return shapes.values().stream().mapToLong(Shape::size).sum();
  }

  /** Whether every element is a finite number. */
  public boolean areFinite() {
    for (float[] value : values.values()) {
      for (float element : value) {
        if (!Float.isFinite(element)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Checks that these are the parameters of such a model, no more and no fewer. */
  public void requireShapes(Map<String, Shape> expected) {
    if (!shapes.equals(expected)) {
      throw new IllegalArgumentException("expected parameters " + expected + ", found " + shapes);
    }
  }
}
