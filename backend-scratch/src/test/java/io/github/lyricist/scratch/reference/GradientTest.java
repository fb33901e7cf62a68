package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.reference.RecurrentCell.Gradient;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.DropoutMasks;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The derivations of docs/mathematics.md against central differences, in double precision: first
 * each step alone, then all of them together.
 */
class GradientTest {
  private final Batch batch = Tiny.batch(3, 6, 1);
  private final Batch next = Tiny.batch(3, 6, 2);

  static List<Cell> cells() {
    return Cell.all();
  }

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

  private static ReferenceNetwork network(ModelSpec spec) {
    return new ReferenceNetwork(spec, Tiny.VOCABULARY, Tiny.parameters(spec), Precision.DOUBLE);
  }

  private static Weights weights(ModelSpec spec) {
    return Weights.of(spec, Tiny.VOCABULARY, Tiny.parameters(spec));
  }

  /** Some numbers between −1 and 1. */
  private static double[] some(int size, int first) {
    return Precision.DOUBLE.vector(size, i -> Math.sin(first + 2.5 * i));
  }

  /** A number that depends on every element of a vector, on each in another way. */
  private static double weighted(double[] weights, double[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += weights[i] * vector[i];
    }
    return sum;
  }

  @Test
  void crossEntropyHasTheSlopeThatDifferencesShow() {
    double[] logits = some(Tiny.VOCABULARY, 1);
    for (int target = 0; target < logits.length; target++) {
      int expected = target;
      Differences.assertSlopes(
          "logits",
          SoftmaxCrossEntropy.backward(logits, target, 0.25),
          logits,
          () -> 0.25 * SoftmaxCrossEntropy.forward(logits, expected));
    }
  }

  @Test
  void affineMapHasTheSlopesThatDifferencesShow() {
    Weights weights = weights(Tiny.model(Cell.RNN, true));
    Linear linear = new Linear(weights, "linear.weight", "linear.bias", Precision.DOUBLE);
    double[] x = some(Tiny.HIDDEN, 1);
    double[] dy = some(Tiny.VOCABULARY, 2);
    Weights gradients = weights.zeros();
    double[] dx = linear.backward(x, dy, gradients);
    Differences.assertSlopes("x", dx, x, () -> weighted(dy, linear.forward(x)));
    for (String name : List.of("linear.weight", "linear.bias")) {
      Differences.assertSlopes(
          name, gradients.get(name), weights.get(name), () -> weighted(dy, linear.forward(x)));
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCellHasTheSlopesThatDifferencesShow(Cell kind) {
    ModelSpec spec = Tiny.model(kind, true);
    Weights weights = weights(spec);
    RecurrentCell cell = RecurrentCell.of(kind, 0, weights, Precision.DOUBLE);
    double[] wx = some(spec.gateRows(), 1);
    LayerState before = someState(spec, 2);
    LayerState dAfter = someState(spec, 3);
    Weights gradients = weights.zeros();
    Gradient gradient = cell.backward(cell.forward(wx, before), dAfter, gradients);
    DoubleSupplier number = () -> weighted(dAfter, cell.forward(wx, before).after());
    Differences.assertSlopes("W_ih x + b_ih", gradient.wx(), wx, number);
    for (int s = 0; s < before.vectors().length; s++) {
      Differences.assertSlopes(
          kind.states().get(s), gradient.before().vectors()[s], before.vectors()[s], number);
    }
    for (String name : List.of("rnn.weight_hh_l0", "rnn.bias_hh_l0")) {
      Differences.assertSlopes(name, gradients.get(name), weights.get(name), number);
    }
  }

  private static LayerState someState(ModelSpec spec, int first) {
    double[][] vectors = new double[spec.cell().states().size()][];
    for (int s = 0; s < vectors.length; s++) {
      vectors[s] = some(spec.hidden(), first + s);
    }
    return new LayerState(vectors);
  }

  private static double weighted(LayerState weights, LayerState state) {
    double sum = 0;
    for (int s = 0; s < state.vectors().length; s++) {
      sum += weighted(weights.vectors()[s], state.vectors()[s]);
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyParameterHasTheSlopeThatDifferencesShow(ModelSpec spec) {
    Differences.assertGradients(network(spec), batch, Tiny.dropout(spec, batch, 1));
  }

  /**
   * The state is carried from one batch to the next: the sum of their gradients is the slope of
   * their losses where that state stays as it was, and not where it moves with the parameters.
   */
  @ParameterizedTest
  @MethodSource("architectures")
  void stopsAtTheStartOfTheBatch(ModelSpec spec) {
    ReferenceNetwork network = network(spec);
    NetworkState state = Differences.someState(network, 3);
    Weights gradients = network.weights().zeros();
    network.learn(batch, DropoutMasks.NONE, state, batch.predictions(), gradients);
    NetworkState carried = state.select(0, 1, 2);
    Weights ofNext = network.weights().zeros();
    network.learn(next, DropoutMasks.NONE, state, batch.predictions(), ofNext);
    gradients.add(ofNext, Precision.DOUBLE);

    DoubleSupplier constant =
        () -> loss(network, Differences.someState(network, 3), carried.select(0, 1, 2));
    Differences.assertGradients(network, gradients, constant);
    DoubleSupplier moving =
        () -> {
          NetworkState through = Differences.someState(network, 3);
          return loss(network, through, through);
        };
    assertThatThrownBy(() -> Differences.assertGradients(network, gradients, moving))
        .isInstanceOf(AssertionError.class);
  }

  /** Of the batch and the next one, from these states, which advance. */
  private double loss(ReferenceNetwork network, NetworkState first, NetworkState second) {
    return (network.crossEntropy(batch, first) + network.crossEntropy(next, second))
        / batch.predictions();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyInputHasTheSlopeThatDifferencesShow(ModelSpec spec) {
    Differences.assertAttribution(network(spec));
  }
}
