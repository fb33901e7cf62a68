package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model's parameters, or their gradients, laid out for the kernels: by PyTorch's names and in its
 * shapes, but the input weights of one-hot vectors are transposed, {@code [V, G*H]}, so that a
 * token's weights lie side by side.
 */
final class FastWeights {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final Map<String, float[]> arrays = new LinkedHashMap<>();

  /** All zero. */
  FastWeights(ModelSpec spec, int vocabularySize) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.shapes = spec.shapes(vocabularySize);
    shapes.forEach((name, shape) -> arrays.put(name, new float[Math.toIntExact(shape.size())]));
    if (spec.tieWeights()) {
      arrays.put("linear.weight", get("embedding.weight")); // one array by two names
    }
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  /** The array with this name, not a copy. */
  float[] get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private boolean isTransposed(String name) {
    return spec.embedding() == null && name.equals("rnn.weight_ih_l0");
  }

  void load(Parameters parameters) {
    parameters.requireShapes(shapes);
    arrays.keySet().forEach(name -> load(name, parameters.get(name)));
  }

  /** Loads those that are trained; the others stay as they are. */
  void loadTrained(Parameters parameters) {
    trainedNames().forEach(name -> load(name, parameters.get(name)));
  }

  private void load(String name, float[] from) {
    float[] to = get(name);
    if (isTransposed(name)) {
      transpose(from, to, to.length / vocabularySize, vocabularySize);
    } else {
      System.arraycopy(from, 0, to, 0, to.length);
    }
  }

  /** A copy by PyTorch's names. */
  Parameters toParameters() {
    Parameters parameters = new Parameters();
    shapes.forEach((name, shape) -> parameters.put(name, shape, byRow(name)));
    return parameters;
  }

  /** A copy of those that are trained. */
  Parameters trainedToParameters() {
    Parameters parameters = new Parameters();
    trainedNames().forEach(name -> parameters.put(name, shape(name), byRow(name)));
    return parameters;
  }

  private Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  private float[] byRow(String name) {
    float[] array = get(name);
    if (!isTransposed(name)) {
      return array.clone();
    }
    float[] byRow = new float[array.length];
    transpose(array, byRow, vocabularySize, array.length / vocabularySize);
    return byRow;
  }

  private List<String> trainedNames() {
    return arrays.keySet().stream().filter(spec::isTrained).toList();
  }

  /** The arrays that are trained, always in the same order. */
  List<float[]> trained() {
    return trainedNames().stream().map(this::get).toList();
  }

  private static void transpose(float[] from, float[] to, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] = from[row * columns + column];
      }
    }
  }
}
