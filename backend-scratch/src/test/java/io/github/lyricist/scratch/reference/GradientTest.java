package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.DropoutMasks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backpropagation against central differences, in double precision. */
class GradientTest {
  private static final double STEP = 1e-5;
  private static final double RELATIVE_ERROR = 1e-6;

  private final Batch batch = Tiny.batch(3, 6, 1);

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyParameterHasTheSlopeThatDifferencesShow(ModelSpec spec) {
    DropoutMasks dropout = Tiny.dropout(spec, batch, 1);
    ReferenceNetwork network =
        new ReferenceNetwork(spec, Tiny.VOCABULARY, Tiny.parameters(spec), Precision.DOUBLE);
    network.learn(batch, dropout, someState(network));
    Parameters gradients = network.trainedGradients();
    Map<String, double[]> analytic = new LinkedHashMap<>();
    gradients.names().forEach(name -> analytic.put(name, network.gradients().get(name).clone()));
    assertThat(analytic.keySet())
        .containsExactlyElementsOf(
            network.weights().names().stream().filter(spec::isTrained).toList());
    for (String name : analytic.keySet()) {
      double[] gradient = analytic.get(name);
      double[] weight = network.weights().get(name);
      double difference = 0;
      double size = 0;
      for (int i = 0; i < weight.length; i++) {
        double slope = slope(network, dropout, weight, i);
        difference = Math.max(difference, Math.abs(slope - gradient[i]));
        size = Math.max(size, Math.abs(slope) + Math.abs(gradient[i]));
      }
      assertThat(size).as(name).isGreaterThan(1e-3);
      assertThat(difference / size).as(name).isLessThan(RELATIVE_ERROR);
    }
  }

  private double slope(ReferenceNetwork network, DropoutMasks dropout, double[] weight, int index) {
    double value = weight[index];
    weight[index] = value + STEP;
    double above = network.learn(batch, dropout, someState(network));
    weight[index] = value - STEP;
    double below = network.learn(batch, dropout, someState(network));
    weight[index] = value;
    return (above - below) / (2 * STEP) / batch.predictions();
  }

  /** Not zero, so that W_hh matters from the first time step on. */
  private static NetworkState someState(ReferenceNetwork network) {
    NetworkState state = network.initialState(3);
    for (int b = 0; b < 3; b++) {
      for (LayerState layer : state.ofSequence(b)) {
        for (int i = 0; i < Tiny.HIDDEN; i++) {
          layer.hidden()[i] = Math.sin(1 + i + 5 * b);
          if (layer.cell().length > 0) {
            layer.cell()[i] = Math.cos(1 + i + 5 * b);
          }
        }
      }
    }
    return state;
  }
}
