package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A model's parameters, or their gradients: views of one vector, so that an optimizer treats all
 * that are trained in one operation. Each gate's block of a recurrent layer's parameters is a
 * matrix of its own. Matrices lie column by column, and all that is indexed by tokens has one
 * column a token: {@code embedding.weight} and {@code linear.weight} are kept transposed.
 */
final class NdWeights implements AutoCloseable {
  private final ModelSpec spec;
  private final int vocabularySize;
  private final Map<String, Shape> shapes;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray all; // one after another, first those that are trained
  private final INDArray trained;
  private final Map<String, INDArray[]> blocks = new HashMap<>(); // as PyTorch orients them
  private final List<LayerWeights> layers;

  /** All zero. */
  NdWeights(ModelSpec spec, int vocabularySize) {
    this.spec = spec;
    this.vocabularySize = vocabularySize;
    this.shapes = spec.shapes(vocabularySize);
    Map<String, Shape> own = new LinkedHashMap<>(shapes);
    if (spec.tieWeights()) {
      own.remove("linear.weight"); // embedding.weight by another name
    }
    this.all = owned.vector(own.values().stream().mapToLong(Shape::size).sum()).assign(0);
    long trainedCount = layOut(own, 0, spec::isTrained);
    layOut(own, trainedCount, name -> !spec.isTrained(name));
    if (spec.tieWeights()) {
      blocks.put("linear.weight", blocks("embedding.weight"));
    }
    this.trained = all.get(interval(0, trainedCount));
    this.layers = IntStream.range(0, spec.layers()).mapToObj(this::ofLayer).toList();
  }

  /**
   * Gives each of these parameters its place in the vector, and returns where the last one ends.
   */
  private long layOut(Map<String, Shape> own, long start, Predicate<String> which) {
    long at = start;
    for (Map.Entry<String, Shape> entry : own.entrySet()) {
      if (which.test(entry.getKey())) {
        long size = entry.getValue().size();
        INDArray place = all.get(interval(at, at + size));
        blocks.put(entry.getKey(), split(place, entry.getKey(), entry.getValue()));
        at += size;
      }
    }
    return at;
  }

  private INDArray[] split(INDArray place, String name, Shape shape) {
    int count = name.startsWith("rnn.") ? spec.cell().gates().size() : 1;
    long size = shape.size() / count;
    long rows = shape.dimension(0) / count;
    char order = name.equals("embedding.weight") || name.equals("linear.weight") ? 'c' : 'f';
    return IntStream.range(0, count)
        .mapToObj(i -> place.get(interval(i * size, (i + 1) * size)))
        .map(block -> block.reshape(order, rows, size / rows))
        .toArray(INDArray[]::new);
  }

  private LayerWeights ofLayer(int k) {
    return new LayerWeights(
        blocks("rnn.weight_ih_l" + k),
        blocks("rnn.weight_hh_l" + k),
        blocks("rnn.bias_ih_l" + k),
        blocks("rnn.bias_hh_l" + k));
  }

  private INDArray[] blocks(String name) {
    return Objects.requireNonNull(blocks.get(name), name);
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

  LayerWeights layer(int k) {
    return layers.get(k);
  }

  /** {@code [E, V]}: one column a token. */
  INDArray embedding() {
    return blocks("embedding.weight")[0].transpose();
  }

  /** {@code [H, V]}: one column a token. */
  INDArray linear() {
    return blocks("linear.weight")[0].transpose();
  }

  /** {@code [V, 1]}. */
  INDArray linearBias() {
    return blocks("linear.bias")[0];
  }

  /** The same layout, all zero. */
  NdWeights zeros() {
    return new NdWeights(spec, vocabularySize);
  }

  /** Takes over all parameters, one array after another, so that each is freed before the next. */
  void take(Parameters parameters) {
    for (String name : List.copyOf(parameters.names())) {
      load(name, parameters.take(name));
    }
  }

  /** Copies all that are trained; the others stay as they are. */
  void loadTrained(Parameters parameters) {
    Map<String, Shape> expected = new LinkedHashMap<>(shapes);
    expected.keySet().removeIf(name -> !spec.isTrained(name));
    parameters.requireShapes(expected);
    parameters.forEach(this::load);
  }

  private void load(String name, float[] values) {
    INDArray[] parts = blocks(name);
    int length = values.length / parts.length;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].ordering() == 'c') {
        pointerTo(parts[i]).put(values, i * length, length);
      } else {
        float[] part = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        try (INDArray byRow = Nd4j.create(part, parts[i].shape(), 'c')) {
          parts[i].assign(byRow);
        }
      }
    }
  }

  private FloatPointer pointerTo(INDArray block) {
    return new FloatPointer(all.data().pointer()).position(block.offset());
  }

  /** A copy by PyTorch's names of those that pass. */
  Parameters toParameters(Predicate<String> which) {
    Parameters parameters = new Parameters();
    shapes.forEach(
        (name, shape) -> {
          if (which.test(name)) {
            parameters.put(name, shape, copy(blocks(name), Math.toIntExact(shape.size())));
          }
        });
    return parameters;
  }

  private float[] copy(INDArray[] parts, int size) {
    float[] values = new float[size];
    int length = size / parts.length;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].ordering() == 'c') {
        pointerTo(parts[i]).get(values, i * length, length);
      } else {
        System.arraycopy(NativeArrays.toHeap(parts[i], 'c'), 0, values, i * length, length);
      }
    }
    return values;
  }

  @Override
  public void close() {
    owned.close();
  }
}
