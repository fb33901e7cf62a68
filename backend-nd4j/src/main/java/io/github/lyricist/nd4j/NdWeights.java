package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model's parameters, or their gradients: views of one vector, so that an optimizer treats all
 * that are trained in one operation. In PyTorch's shapes, but column by column, which lays a
 * token's input weights side by side.
 */
final class NdWeights implements AutoCloseable {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray trained; // one after another
  private final Map<String, INDArray> views = new HashMap<>();
  final INDArray input; // [H, V]
  final INDArray recurrent; // [H, H]
  final INDArray inputBias; // [H, 1]
  final INDArray recurrentBias; // [H, 1]
  final INDArray linear; // [V, H]
  final INDArray linearBias; // [V, 1]

  /** All zero. */
  NdWeights(ModelSpec spec, int vocabularySize) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.shapes = spec.shapes(vocabularySize);
    long count = shapes.values().stream().mapToLong(Shape::size).sum();
    INDArray all = owned.vector(count).assign(0);
    long trainedCount = layOut(all, 0, spec::isTrained);
    layOut(all, trainedCount, name -> !spec.isTrained(name));
    this.trained = all.get(interval(0, trainedCount));
    this.input = view("rnn.weight_ih_l0");
    this.recurrent = view("rnn.weight_hh_l0");
    this.inputBias = view("rnn.bias_ih_l0");
    this.recurrentBias = view("rnn.bias_hh_l0");
    this.linear = view("linear.weight");
    this.linearBias = view("linear.bias");
  }

  /**
   * Gives each of these parameters its place in the vector, and returns where the last one ends.
   */
  private long layOut(INDArray all, long start, Predicate<String> which) {
    long at = start;
    for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
      if (which.test(entry.getKey())) {
        Shape shape = entry.getValue();
        INDArray place = all.get(interval(at, at + shape.size()));
        views.put(entry.getKey(), place.reshape('f', rows(shape), columns(shape)));
        at += shape.size();
      }
    }
    return at;
  }

  private static int rows(Shape shape) {
    return shape.dimension(0);
  }

  private static int columns(Shape shape) {
    return shape.rank() == 1 ? 1 : shape.dimension(1);
  }

  private INDArray view(String name) {
    return Objects.requireNonNull(views.get(name), name);
  }

  ModelSpec spec() {
    return spec;
  }

  int vocabularySize() {
    return vocabularySize;
  }

  /** All that are trained, as one vector, always in the same order. */
  INDArray trained() {
    return trained;
  }

  void load(Parameters parameters) {
    parameters.requireShapes(shapes);
    shapes.forEach(
        (name, shape) -> {
          long[] dimensions = {rows(shape), columns(shape)};
          try (INDArray byRow = Nd4j.create(parameters.get(name), dimensions, 'c')) {
            view(name).assign(byRow);
          }
        });
  }

  /** A copy by PyTorch's names of those that pass. */
  Parameters toParameters(Predicate<String> which) {
    Parameters parameters = new Parameters();
    shapes.forEach(
        (name, shape) -> {
          if (which.test(name)) {
            try (INDArray byRow = view(name).dup('c')) {
              parameters.put(name, shape, byRow.data().asFloat());
            }
          }
        });
    return parameters;
  }

  @Override
  public void close() {
    owned.close();
  }
}
