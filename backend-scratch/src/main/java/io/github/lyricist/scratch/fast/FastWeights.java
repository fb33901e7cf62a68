package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model's parameters, or their gradients, laid out for the kernels: as PyTorch has them, but for
 * the input weights, which are transposed so that a token's weights lie side by side.
 */
final class FastWeights {
  private final ModelSpec spec;
  private final Map<String, Shape> shapes;
  private final int vocabularySize;
  final float[] input; // transposed: [V, G*H]
  final float[] recurrent; // [G*H, H]
  final float[] inputBias; // [G*H]
  final float[] recurrentBias; // [G*H]
  final float[] linear; // [V, H]
  final float[] linearBias; // [V]

  /** All zero. */
  FastWeights(ModelSpec spec, int vocabularySize) {
    int rows = spec.cell().gates() * spec.hidden();
    this.spec = spec;
    this.shapes = spec.shapes(vocabularySize);
    this.vocabularySize = vocabularySize;
    this.input = new float[Math.multiplyExact(vocabularySize, rows)];
    this.recurrent = new float[Math.multiplyExact(rows, spec.hidden())];
    this.inputBias = new float[rows];
    this.recurrentBias = new float[rows];
    this.linear = new float[Math.multiplyExact(vocabularySize, spec.hidden())];
    this.linearBias = new float[vocabularySize];
  }

  int vocabularySize() {
    return vocabularySize;
  }

  void load(Parameters parameters) {
    parameters.requireShapes(shapes);
    transpose(parameters.get("rnn.weight_ih_l0"), input, inputBias.length, vocabularySize);
    copy(parameters.get("rnn.weight_hh_l0"), recurrent);
    copy(parameters.get("rnn.bias_ih_l0"), inputBias);
    copy(parameters.get("rnn.bias_hh_l0"), recurrentBias);
    copy(parameters.get("linear.weight"), linear);
    copy(parameters.get("linear.bias"), linearBias);
  }

  /** A copy by PyTorch's names. */
  Parameters toParameters() {
    Parameters parameters = new Parameters();
    float[] inputByRow = new float[input.length];
    transpose(input, inputByRow, vocabularySize, inputBias.length);
    put(parameters, "rnn.weight_ih_l0", inputByRow);
    put(parameters, "rnn.weight_hh_l0", recurrent.clone());
    put(parameters, "rnn.bias_ih_l0", inputBias.clone());
    put(parameters, "rnn.bias_hh_l0", recurrentBias.clone());
    put(parameters, "linear.weight", linear.clone());
    put(parameters, "linear.bias", linearBias.clone());
    return parameters;
  }

  /** A copy of those that are trained. */
  Parameters trainedToParameters() {
    Parameters all = toParameters();
    Parameters trained = new Parameters();
    all.forEach(
        (name, value) -> {
          if (spec.isTrained(name)) {
            trained.put(name, all.shape(name), value);
          }
        });
    return trained;
  }

  /** The arrays that are trained, always in the same order. */
  List<float[]> trained() {
    List<float[]> trained = new ArrayList<>(List.of(input, recurrent, inputBias));
    if (spec.recurrentBias()) {
      trained.add(recurrentBias);
    }
    trained.add(linear);
    trained.add(linearBias);
    return trained;
  }

  private void put(Parameters parameters, String name, float[] value) {
    Shape shape = shapes.get(name);
    if (shape != null) {
      parameters.put(name, shape, value);
    }
  }

  private static void copy(float[] from, float[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private static void transpose(float[] from, float[] to, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] = from[row * columns + column];
      }
    }
  }
}
