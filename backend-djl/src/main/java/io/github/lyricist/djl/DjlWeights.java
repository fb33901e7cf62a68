package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

/**
 * A model's parameters, each with its gradient, by PyTorch's names and in its shapes; but the input
 * weights of one-hot vectors are transposed, so that a token's weights lie side by side.
 */
final class DjlWeights {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /**
   * @param manager owns them
   * @param initial handed over: none are left afterwards
   */
  DjlWeights(NDManager manager, ModelSpec spec, Parameters initial, Use use) {
    this(spec, initial.shape("linear.weight").dimension(0));
    initial.requireShapes(shapes);
    for (String name : shapes.keySet()) {
      float[] values = initial.take(name);
      if (isShared(name)) {
        arrays.put(name, get("embedding.weight")); // one array by two names
      } else {
        NDArray array = array(name, values, manager);
        if (use == Use.TRAINING) {
          array.setRequiresGradient(spec.isTrained(name));
        }
        arrays.put(name, array);
      }
    }
  }

  private DjlWeights(ModelSpec spec, int vocabularySize) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.shapes = spec.shapes(vocabularySize);
  }

  private boolean isShared(String name) {
    return spec.tieWeights() && name.equals("linear.weight");
  }

  /**
   * The same numbers as constants, which take no gradient.
   *
   * @param owner owns them
   */
  DjlWeights detached(NDManager owner) {
    DjlWeights constants = new DjlWeights(spec, vocabularySize);
    arrays.forEach(
        (name, array) -> {
          NDArray constant = array.stopGradient();
          constant.attach(owner);
          constants.arrays.put(name, constant);
        });
    return constants;
  }

  /**
   * Values that belong to a parameter, laid out like it.
   *
   * @param owner owns them
   */
  NDArray array(String name, float[] values, NDManager owner) {
    Shape shape = shape(name);
    long[] dimensions = new long[shape.rank()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i);
    }
    NDArray array = owner.create(values, new ai.djl.ndarray.types.Shape(dimensions));
    if (readsOneHot(name)) {
      try (NDArray byRow = array;
          NDArray view = byRow.transpose()) {
        array = view.duplicate();
      }
    }
    return array;
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  private boolean readsOneHot(String name) {
    return spec.embedding() == null && name.equals("rnn.weight_ih_l0");
  }

  private Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  NDArray get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** The names of those that are trained. */
  List<String> trained() {
    return arrays.keySet().stream().filter(spec::isTrained).toList();
  }

  /** Sets the gradients to zero, which backpropagation adds to. */
  void clearGradients() {
    trained().forEach(name -> JniUtils.zeroGrad((PtNDArray) get(name)));
  }

  /**
   * The gradient in a parameter that is trained, laid out like the parameter.
   *
   * @param step owns it
   */
  NDArray gradient(String name, NDManager step) {
    NDArray gradient = get(name).getGradient();
    gradient.attach(step);
    return gradient;
  }

  /** A copy. */
  Parameters toParameters() {
    return toParameters(arrays);
  }

  /** A copy of arrays that are laid out like the parameters with their names. */
  Parameters toParameters(Map<String, NDArray> alike) {
    Parameters parameters = new Parameters();
    alike.forEach((name, array) -> put(name, array, parameters));
    return parameters;
  }

  private void put(String name, NDArray array, Parameters to) {
    Shape shape = shape(name);
    if (readsOneHot(name)) {
      try (NDArray byRow = array.transpose()) {
        to.put(name, shape, byRow.toFloatArray());
      }
    } else {
      to.put(name, shape, array.toFloatArray());
    }
  }
}
