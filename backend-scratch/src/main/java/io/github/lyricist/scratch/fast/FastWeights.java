package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.scratch.kernels.Kernels;
import java.util.BitSet;
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
  private static final int LARGE = 1 << 22; // floats; 16 MB

  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final Map<String, float[]> arrays = new LinkedHashMap<>();

  private FastWeights(ModelSpec spec, int vocabularySize) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.shapes = spec.shapes(vocabularySize);
  }

  /** All zero. */
  static FastWeights zero(ModelSpec spec, int vocabularySize) {
    FastWeights weights = new FastWeights(spec, vocabularySize);
    weights.shapes.forEach(
        (name, shape) -> {
          if (!weights.isShared(name)) {
            weights.arrays.put(name, new float[Math.toIntExact(shape.size())]);
          }
        });
    weights.share();
    return weights;
  }

  /**
   * Those of a model.
   *
   * @param parameters handed over: none are left afterwards
   */
  static FastWeights of(ModelSpec spec, int vocabularySize, Parameters parameters) {
    FastWeights weights = new FastWeights(spec, vocabularySize);
    for (Map.Entry<String, Shape> entry : weights.shapes.entrySet()) {
      String name = entry.getKey();
      float[] values = parameters.take(name);
      if (!weights.isShared(name)) {
        weights.arrays.put(
            name,
            weights.isTransposed(name)
                ? givenTransposed(values, entry.getValue().dimension(0), vocabularySize)
                : values);
      }
    }
    weights.share();
    return weights;
  }

  private boolean isShared(String name) {
    return spec.tieWeights() && name.equals("linear.weight");
  }

  /** One array by two names. */
  private void share() {
    if (spec.tieWeights()) {
      arrays.put("linear.weight", get("embedding.weight"));
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

  /** The array with this name; of a model for writing it is handed over. */
  float[] take(String name, Use use) {
    float[] array = get(name);
    if (use == Use.INFERENCE) {
      arrays.remove(name);
    }
    return array;
  }

  /** Loads those that are trained; the others stay as they are. */
  void loadTrained(Parameters parameters) {
    trainedNames().forEach(name -> load(name, parameters.get(name)));
  }

  private void load(String name, float[] from) {
    float[] to = get(name);
    float[] values =
        isTransposed(name) ? transposed(from, to.length / vocabularySize, vocabularySize) : from;
    System.arraycopy(values, 0, to, 0, to.length);
  }

  /** Adds to those that are trained, element by element. */
  void addTrained(Parameters parameters, Kernels kernels) {
    trainedNames()
        .forEach(
            name -> {
              float[] to = get(name);
              float[] from = parameters.get(name);
              float[] values =
                  isTransposed(name)
                      ? transposed(from, to.length / vocabularySize, vocabularySize)
                      : from;
              kernels.add(to, 0, values, 0, to.length);
            });
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

  Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  private float[] byRow(String name) {
    float[] array = get(name);
    return isTransposed(name)
        ? transposed(array, vocabularySize, array.length / vocabularySize)
        : array.clone();
  }

  private List<String> trainedNames() {
    return arrays.keySet().stream().filter(spec::isTrained).toList();
  }

  /** The arrays that are trained, always in the same order. */
  List<float[]> trained() {
    return trainedNames().stream().map(this::get).toList();
  }

  /** A matrix {@code [rows, columns]} as {@code [columns, rows]}. */
  static float[] transposed(float[] from, int rows, int columns) {
    float[] to = new float[from.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] = from[row * columns + column];
      }
    }
    return to;
  }

  /** The same of an array that is given away; a large one is transposed where it lies. */
  private static float[] givenTransposed(float[] from, int rows, int columns) {
    if (from.length < LARGE) {
      return transposed(from, rows, columns);
    }
    BitSet moved = new BitSet(from.length);
    long last = from.length - 1L;
    for (int start = 1; start < last; start = moved.nextClearBit(start + 1)) {
      float carried = from[start];
      int at = start;
      do { // along the cycle of places that each give their element to the next
        at = (int) (at * (long) rows % last);
        float next = from[at];
        from[at] = carried;
        carried = next;
        moved.set(at);
      } while (at != start);
    }
    return from;
  }
}
