package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A model's parameters in double precision, or as many numbers of another kind, such as their
 * gradients, by PyTorch's names. Tied weights are one array by two names.
 */
public final class Weights {
  private final ModelSpec spec;
  private final Map<String, Shape> shapes;
  private final Map<String, double[]> values = new LinkedHashMap<>();

  /**
   * @param value makes the array with a name and a size
   */
  private Weights(
      ModelSpec spec, Map<String, Shape> shapes, BiFunction<String, Integer, double[]> value) {
    this.spec = spec;
    this.shapes = shapes;
    shapes.forEach(
        (name, shape) -> {
          boolean tied = spec.tieWeights() && name.equals("linear.weight");
          int size = Math.toIntExact(shape.size());
          values.put(name, tied ? get("embedding.weight") : value.apply(name, size));
        });
  }

  /** Takes the parameters over: none are left in {@code parameters} afterwards. */
  static Weights of(ModelSpec spec, int vocabularySize, Parameters parameters) {
    Map<String, Shape> shapes = spec.shapes(vocabularySize);
    parameters.requireShapes(shapes);
    Weights weights =
        new Weights(
            spec,
            shapes,
            (name, size) -> {
              float[] from = parameters.take(name);
              return Precision.DOUBLE.vector(size, i -> from[i]);
            });
    if (spec.tieWeights()) {
      parameters.take("linear.weight");
    }
    return weights;
  }

  /** All zero, for a model of this shape. */
  static Weights zero(ModelSpec spec, int vocabularySize) {
    return new Weights(spec, spec.shapes(vocabularySize), (name, size) -> new double[size]);
  }

  /** As many numbers, all zero. */
  public Weights zeros() {
    return zero(spec, vocabularySize());
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return get("linear.bias").length;
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** The array with this name, not a copy of it. */
  public double[] get(String name) {
    double[] value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name + " among " + names());
    }
    return value;
  }

  /** The names of those that are trained; tied weights have one. */
  Set<String> trained() {
    Set<String> trained = new LinkedHashSet<>(names());
    trained.removeIf(name -> !spec.isTrained(name));
    return trained;
  }

  void clear() {
    values.values().forEach(value -> Arrays.fill(value, 0));
  }

  void round(Precision precision) {
    values.values().forEach(value -> precision.set(value, i -> value[i]));
  }

  /** Adds to those that are trained. */
  void add(Weights summands, Precision precision) {
    for (String name : trained()) {
      double[] sum = get(name);
      double[] summand = summands.get(name);
      precision.set(sum, i -> sum[i] + summand[i]);
    }
  }

  /** Adds to those that are trained, which must be the ones given. */
  void add(Parameters summands, Precision precision) {
    Map<String, Shape> trained = new LinkedHashMap<>(shapes);
    trained.keySet().retainAll(trained());
    summands.requireShapes(trained);
    summands.forEach(
        (name, summand) -> {
          double[] sum = get(name);
          precision.set(sum, i -> sum[i] + summand[i]);
        });
  }

  /** Takes the numbers of those arrays that are given. */
  void set(Parameters parameters) {
    parameters.forEach((name, from) -> Precision.DOUBLE.set(get(name), i -> from[i]));
  }

  /** A single-precision copy of all. */
  Parameters toParameters() {
    return toParameters(names());
  }

  /** A single-precision copy of those that are trained. */
  Parameters trainedParameters() {
    return toParameters(trained());
  }

  private Parameters toParameters(Set<String> names) {
    Parameters parameters = new Parameters();
    for (String name : names) {
      double[] from = get(name);
      float[] to = new float[from.length];
      for (int i = 0; i < to.length; i++) {
        to[i] = (float) from[i];
      }
      parameters.put(name, Objects.requireNonNull(shapes.get(name)), to);
    }
    return parameters;
  }
}
