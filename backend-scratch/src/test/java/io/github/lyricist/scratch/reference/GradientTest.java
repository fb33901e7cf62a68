package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backpropagation against central differences, in double precision. */
class GradientTest {
  private static final double STEP = 1e-5;
  private static final double RELATIVE_ERROR = 1e-6;

  private final Batch batch = Tiny.batch(3, 6, 1);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyParameterHasTheSlopeThatDifferencesShow(boolean recurrentBias) {
    ModelSpec spec = Tiny.model(Cell.RNN, recurrentBias);
    ReferenceNetwork network =
        new ReferenceNetwork(spec, Tiny.VOCABULARY, Tiny.parameters(spec), Precision.DOUBLE);
    network.learn(batch, someState());
    for (String name : network.weights().names()) {
      double[] gradient = network.gradients().get(name).clone();
      double[] weight = network.weights().get(name);
      double difference = 0;
      double size = 0;
      for (int i = 0; i < weight.length; i++) {
        double slope = slope(network, weight, i);
        difference = Math.max(difference, Math.abs(slope - gradient[i]));
        size = Math.max(size, Math.abs(slope) + Math.abs(gradient[i]));
      }
      assertThat(size).as(name).isGreaterThan(1e-3);
      assertThat(difference / size).as(name).isLessThan(RELATIVE_ERROR);
    }
  }

  private double slope(ReferenceNetwork network, double[] weight, int index) {
    double value = weight[index];
    weight[index] = value + STEP;
    double above = network.crossEntropy(batch, someState());
    weight[index] = value - STEP;
    double below = network.crossEntropy(batch, someState());
    weight[index] = value;
    return (above - below) / (2 * STEP) / batch.predictions();
  }

  /** Not zero, so that W_hh matters from the first time step on. */
  private static double[][] someState() {
    double[][] state = new double[3][Tiny.HIDDEN];
    for (int b = 0; b < state.length; b++) {
      for (int i = 0; i < Tiny.HIDDEN; i++) {
        state[b][i] = Math.sin(1 + i + 5 * b);
      }
    }
    return state;
  }
}
