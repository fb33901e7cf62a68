package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model's parameters, for training each with its gradient, by PyTorch's names and in its shapes;
 * but the input weights of one-hot vectors are transposed, so that a token's weights lie side by
 * side.
 */
final class DjlWeights {
  private static final List<String> FUSED =
      List.of("rnn.weight_ih_l", "rnn.weight_hh_l", "rnn.bias_ih_l", "rnn.bias_hh_l");

  private final NDManager manager;
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private @Nullable NDArray identity; // [G*H, G*H], where a fused operator needs it

  /**
   * @param manager owns them
   * @param initial handed over
   */
  DjlWeights(NDManager manager, ModelSpec spec, Parameters initial, Use use) {
    this.manager = manager;
    this.spec = spec;
    this.vocabularySize = initial.shape("linear.weight").dimension(0);
    this.shapes = spec.shapes(vocabularySize);
    initial.requireShapes(shapes);
    for (String name : shapes.keySet()) {
      float[] values = initial.take(name);
      if (spec.tieWeights() && name.equals("linear.weight")) {
        arrays.put(name, get("embedding.weight")); // one array by two names
      } else {
        arrays.put(name, array(name, values, manager));
      }
    }
    identity = isOnGpu() && isGathered(0) ? manager.eye(spec.gateRows()) : null;
    for (int k = 0; k < spec.layers(); k++) {
      if (isFused(k)) {
        putSideBySide(k);
      }
    }
    if (use == Use.TRAINING) {
      trained().forEach(name -> get(name).setRequiresGradient(true));
    }
  }

  /**
   * Moves what a fused operator reads of layer k to where cuDNN wants it, one behind the other in
   * one piece of memory: else it is copied there at each step, with a warning.
   */
  private void putSideBySide(int k) {
    NDList parts = ofFused(k);
    NDList flat = new NDList(parts.stream().map(NDArray::flatten).toList());
    NDArray memory = NDArrays.concat(flat);
    flat.close();
    long from = 0;
    for (int i = 0; i < parts.size(); i++) {
      NDArray part = parts.get(i);
      NDArray moved =
          memory.get(new NDIndex().addSliceDim(from, from + part.size())).reshape(part.getShape());
      from += part.size();
      part.close();
      if (part == identity) {
        identity = moved;
      } else {
        arrays.put(FUSED.get(i) + k, moved);
      }
    }
  }

  private DjlWeights(DjlWeights trained) {
    this.manager = trained.manager;
    this.spec = trained.spec;
    this.vocabularySize = trained.vocabularySize;
    this.shapes = trained.shapes;
    this.identity = trained.identity;
    trained.arrays.forEach((name, array) -> arrays.put(name, Autograd.constant(array, manager)));
  }

  /** The same numbers, now and later, as constants. */
  DjlWeights asConstants() {
    return new DjlWeights(this);
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  boolean isOnGpu() {
    return manager.getDevice().isGpu();
  }

  /** Whether layer k reads rows of its own W_ih, the products with one-hot vectors. */
  boolean isGathered(int k) {
    return k == 0 && spec.embedding() == null;
  }

  /** Whether a fused operator takes layer k, and multiplies what it reads, if by the identity. */
  boolean isFused(int k) {
    return FusedLayer.operator(spec.cell()).isPresent() && (isOnGpu() || !isGathered(k));
  }

  private boolean isTransposed(String name) {
    return isGathered(0) && name.equals("rnn.weight_ih_l0");
  }

  private Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  NDArray get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /**
   * What a fused operator computes layer k with: in place of weights whose rows are gathered, the
   * identity.
   */
  NDList ofFused(int k) {
    return new NDList(
        FUSED.stream()
            .map(name -> isTransposed(name + k) ? Objects.requireNonNull(identity) : get(name + k))
            .toList());
  }

  /** The names of those that are trained. */
  List<String> trained() {
    return arrays.keySet().stream().filter(spec::isTrained).toList();
  }

  /**
   * Values that belong to a parameter, laid out like it.
   *
   * @param owner owns them
   */
  NDArray array(String name, float[] values, NDManager owner) {
    Shape shape = shape(name);
    if (isTransposed(name)) {
      return Input.transposedCopy(values, shape.dimension(0), shape.dimension(1), owner);
    }
    long[] dimensions = new long[shape.rank()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i);
    }
    return Input.copy(values, 0, new ai.djl.ndarray.types.Shape(dimensions), owner);
  }

  /** Sets the gradients to zero, which backpropagation adds to. */
  void clearGradients() {
    trained().forEach(name -> JniUtils.zeroGrad((PtNDArray) get(name)));
  }

  /** Adds to the gradients. */
  void addGradients(Parameters gradients) {
    for (String name : trained()) {
      try (NDArray gradient = array(name, gradients.get(name), manager)) {
        Autograd.backward(get(name), gradient); // an array's gradient in itself
      }
    }
  }

  /**
   * The gradients in those that are trained, laid out like them.
   *
   * @param step owns them
   */
  Map<String, NDArray> gradients(NDManager step) {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    for (String name : trained()) {
      NDArray gradient = get(name).getGradient();
      gradient.attach(step);
      gradients.put(name, gradient);
    }
    return gradients;
  }

  /** A copy. */
  Parameters toParameters() {
    return toParameters(arrays);
  }

  /** A copy of arrays that are laid out like the parameters with their names. */
  Parameters toParameters(Map<String, NDArray> alike) {
    Parameters parameters = new Parameters();
    alike.forEach(
        (name, array) -> {
          try (NDManager scope = manager.newSubManager()) {
            NDArray values = Autograd.constant(array, scope);
            NDArray rows = isTransposed(name) ? values.transpose() : values;
            parameters.put(name, shape(name), rows.toFloatArray());
          }
        });
    return parameters;
  }
}
