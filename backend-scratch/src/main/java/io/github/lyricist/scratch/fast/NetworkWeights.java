package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights in the forms that the kernels read, shared by all that read and write with
 * them. Of a model that is trained the plain arrays are kept besides, for the optimizer; a model
 * for writing has nothing but these forms.
 */
final class NetworkWeights {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Kernels kernels;
  private final @Nullable FastWeights trained;
  private final float[] table; // [V, E], or of one-hot vectors W_ih transposed, [V, G*H]
  private final List<LayerWeights> layers = new ArrayList<>(); // L
  private final DenseWeights linear; // [V, H]
  private final float[] linearBias; // [V]

  /**
   * @param initial handed over
   */
  NetworkWeights(ModelSpec spec, Parameters initial, Use use, Kernels kernels, Products products) {
    this.spec = spec;
    this.vocabularySize = initial.shape("linear.weight").dimension(0);
    this.kernels = kernels;
    initial.requireShapes(spec.shapes(vocabularySize));
    CellArithmetic cell = kernels.cell(spec.cell());
    FastWeights arrays = FastWeights.of(spec, vocabularySize, initial);
    this.trained = use == Use.TRAINING ? arrays : null;
    this.table =
        arrays.take(spec.embedding() == null ? "rnn.weight_ih_l0" : "embedding.weight", use);
    for (int k = 0; k < spec.layers(); k++) {
      boolean gathered = k == 0 && spec.embedding() == null;
      layers.add(
          new LayerWeights(
              gathered ? null : dense(arrays, "rnn.weight_ih_l" + k, use, products),
              dense(arrays, "rnn.weight_hh_l" + k, use, products),
              new GateBiases(
                  arrays.take("rnn.bias_ih_l" + k, use),
                  arrays.take("rnn.bias_hh_l" + k, use),
                  cell,
                  kernels)));
    }
    this.linear = dense(arrays, "linear.weight", use, products);
    this.linearBias = arrays.take("linear.bias", use);
  }

  private DenseWeights dense(FastWeights arrays, String name, Use use, Products products) {
    int rows = arrays.shape(name).dimension(0);
    int columns = arrays.shape(name).dimension(1);
    float[] values = arrays.take(name, use);
    if (use == Use.TRAINING) {
      return DenseWeights.changing(values, rows, columns, products);
    }
    float[] given = values == table ? values.clone() : values; // where weights are tied
    return DenseWeights.fixed(given, rows, columns, products);
  }

  ModelSpec spec() {
    return spec;
  }

  /** V. */
  int vocabularySize() {
    return vocabularySize;
  }

  Kernels kernels() {
    return kernels;
  }

  /** The plain arrays of a model that is trained. */
  FastWeights trained() {
    if (trained == null) {
      throw new IllegalStateException("the model was made for writing, not for training");
    }
    return trained;
  }

  /** What is read of each token, {@code [V, E]} or {@code [V, G*H]}; not a copy. */
  float[] table() {
    return table;
  }

  LayerWeights layer(int k) {
    return layers.get(k);
  }

  DenseWeights linear() {
    return linear;
  }

  float[] linearBias() {
    return linearBias;
  }

  /** Has all forms made anew from the plain arrays when they are next asked for. */
  void changed() {
    for (int k = 0; k < layers.size(); k++) { // an iterator would be an object in every step
      layers.get(k).changed();
    }
    linear.changed();
  }

  /** A copy by PyTorch's names. */
  Parameters toParameters() {
    if (trained != null) {
      return trained.toParameters();
    }
    Parameters parameters = new Parameters();
    spec.shapes(vocabularySize).forEach((name, shape) -> parameters.put(name, shape, copyOf(name)));
    return parameters;
  }

  private float[] copyOf(String name) {
    if (name.equals("embedding.weight")) {
      return table.clone();
    }
    if (name.equals("linear.weight")) {
      return linear.toArray();
    }
    if (name.equals("linear.bias")) {
      return linearBias.clone();
    }
    LayerWeights layer = layers.get(Integer.parseInt(name.substring(name.lastIndexOf('l') + 1)));
    if (name.startsWith("rnn.bias_ih")) {
      return layer.biases().input().clone();
    }
    if (name.startsWith("rnn.bias_hh")) {
      return layer.biases().recurrent().clone();
    }
    if (name.startsWith("rnn.weight_hh")) {
      return layer.recurrent().toArray();
    }
    return layer.input() == null
        ? FastWeights.transposed(table, vocabularySize, spec.gateRows())
        : layer.input().toArray();
  }
}
