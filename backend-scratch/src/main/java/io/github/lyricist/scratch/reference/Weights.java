package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model's parameters in double precision, or their gradients, by PyTorch's names. */
public final class Weights {
  private final Map<String, Shape> shapes;
  private final Map<String, double[]> values = new LinkedHashMap<>();

  private Weights(ModelSpec spec, int vocabularySize) {
    this.shapes = spec.shapes(vocabularySize);
    shapes.forEach((name, shape) -> values.put(name, new double[Math.toIntExact(shape.size())]));
    if (spec.tieWeights()) {
      values.put("linear.weight", get("embedding.weight")); // one array by two names
    }
  }

  /** All zero, as gradients begin. */
  static Weights zero(ModelSpec spec, int vocabularySize) {
    return new Weights(spec, vocabularySize);
  }

  static Weights of(ModelSpec spec, int vocabularySize, Parameters parameters) {
    parameters.requireShapes(spec.shapes(vocabularySize));
    Weights weights = new Weights(spec, vocabularySize);
    weights.load(parameters);
    return weights;
  }

  /** Takes over those arrays that are given. */
  void load(Parameters parameters) {
    parameters.forEach(
        (name, from) -> {
          double[] to = get(name);
          for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
          }
        });
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

  /** A single-precision copy of those with these names. */
  Parameters toParameters(Set<String> names) {
    Parameters parameters = new Parameters();
    shapes.forEach(
        (name, shape) -> {
          if (names.contains(name)) {
            double[] from = get(name);
            float[] to = new float[from.length];
            for (int i = 0; i < to.length; i++) {
              to[i] = (float) from[i];
            }
            parameters.put(name, shape, to);
          }
        });
    return parameters;
  }
}
