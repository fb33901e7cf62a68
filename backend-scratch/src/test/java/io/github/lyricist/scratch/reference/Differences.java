package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.DropoutMasks;
import java.util.Set;
import java.util.function.DoubleSupplier;

/** Slopes of a network in double precision, by central differences. */
final class Differences {
  private static final double STEP = 1e-5;
  private static final double RELATIVE_ERROR = 1e-6;

  private Differences() {}

  /** {@code (f(x + ε) − f(x − ε)) / 2ε}, where {@code number} is f and x an element of an array. */
  private static double slope(double[] array, int index, DoubleSupplier number) {
    double value = array[index];
    array[index] = value + STEP;
    double above = number.getAsDouble();
    array[index] = value - STEP;
    double below = number.getAsDouble();
    array[index] = value;
    return (above - below) / (2 * STEP);
  }

  /**
   * A gradient is that of a number in every element of an array.
   *
   * @param name of the array
   * @param number reads the array each time it is asked
   */
  static void assertSlopes(String name, double[] gradient, double[] array, DoubleSupplier number) {
    assertThat(gradient).as(name).hasSameSizeAs(array);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < array.length; i++) {
      double slope = slope(array, i, number);
      difference = Math.max(difference, Math.abs(slope - gradient[i]));
      size = Math.max(size, Math.abs(slope) + Math.abs(gradient[i]));
    }
    assertThat(size).as(name).isGreaterThan(1e-3);
    assertThat(difference / size).as(name).isLessThan(RELATIVE_ERROR);
  }

  /** The gradient of a number in every trained parameter is its slope. */
  static void assertGradients(ReferenceNetwork network, Weights gradients, DoubleSupplier number) {
    Set<String> trained = network.weights().trained();
    assertThat(trained).isNotEmpty();
    for (String name : trained) {
      assertSlopes(name, gradients.get(name), network.weights().get(name), number);
    }
  }

  /** The gradient of the mean loss in every trained parameter is its slope. */
  static void assertGradients(ReferenceNetwork network, Batch batch, DropoutMasks dropout) {
    Weights gradients = network.weights().zeros();
    learn(network, batch, dropout, gradients);
    Weights unused = network.weights().zeros();
    assertGradients(
        network, gradients, () -> learn(network, batch, dropout, unused) / batch.predictions());
  }

  private static double learn(
      ReferenceNetwork network, Batch batch, DropoutMasks dropout, Weights gradients) {
    NetworkState state = someState(network, batch.batchSize());
    return network.learn(batch, dropout, state, batch.predictions(), gradients);
  }

  /**
   * What is read at each position is scaled by 1 ± ε, by its column of W_ih or its row of the
   * embedding: every token is read once, and the one that is explained never.
   */
  static void assertAttribution(ReferenceNetwork network) {
    int[] ids = {0, 3, 1, 4, 2, 5}; // int[T*B], T = 3, B = 2
    int[] explained = {6, 6};
    Batch batch = new Batch(2, 3, ids, ids);
    double[] attribution = network.attribution(batch, someState(network, 2), explained);
    double size = 0;
    for (int position = 0; position < ids.length; position++) {
      int b = position % 2;
      double above = logit(network, batch, b, ids[position], 1 + STEP);
      double below = logit(network, batch, b, ids[position], 1 - STEP);
      assertThat(attribution[position])
          .as("position %d", position)
          .isCloseTo((above - below) / (2 * STEP), within(1e-9));
      size = Math.max(size, Math.abs(attribution[position]));
    }
    assertThat(size).isGreaterThan(1e-3);
  }

  /** The logit of token 6 after sequence b, while what is read for {@code id} is scaled. */
  private static double logit(ReferenceNetwork network, Batch batch, int b, int id, double factor) {
    boolean oneHot = network.spec().embedding() == null;
    double[] table = network.weights().get(oneHot ? "rnn.weight_ih_l0" : "embedding.weight");
    double[] kept = table.clone();
    int columns = oneHot ? Tiny.VOCABULARY : table.length / Tiny.VOCABULARY;
    for (int i = 0; i < table.length; i++) {
      table[i] *= id == (oneHot ? i % columns : i / columns) ? factor : 1;
    }
    LayerState[] state = someState(network, 2).ofSequence(b);
    double[] logits = {};
    for (int t = 0; t < batch.steps(); t++) {
      logits = network.logits(batch.inputs()[t * 2 + b], state);
    }
    System.arraycopy(kept, 0, table, 0, table.length);
    return logits[6];
  }

  /** Not zero, so that W_hh matters from the first time step on. */
  static NetworkState someState(ReferenceNetwork network, int batchSize) {
    NetworkState state = network.initialState(batchSize);
    for (int b = 0; b < batchSize; b++) {
      for (LayerState layer : state.ofSequence(b)) {
        for (int s = 0; s < layer.vectors().length; s++) {
          for (int i = 0; i < layer.hidden().length; i++) {
            layer.vectors()[s][i] = Math.sin(1 + i + 5 * b + 1.5 * s);
          }
        }
      }
    }
    return state;
  }
}
