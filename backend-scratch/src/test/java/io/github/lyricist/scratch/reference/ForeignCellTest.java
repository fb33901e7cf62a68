package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.Trainer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cell that is not in the project trains with one {@link RecurrentCell} of its own. */
class ForeignCellTest {
  private static final RecurrentCell.Factory MIN_GRU =
      (cell, layer, weights, precision) -> new MinGruCell(precision);

  private final Batch batch = Tiny.batch(3, 6, 1);

  static Stream<ModelSpec> architectures() {
    return Stream.of(
        new ModelSpec(new MinGru(), Tiny.HIDDEN, 1, null, false, 0, false),
        new ModelSpec(new MinGru(), Tiny.HIDDEN, 3, Tiny.HIDDEN, true, 0.3, true));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void hasTheSlopesThatDifferencesShow(ModelSpec spec) {
    ReferenceNetwork network =
        new ReferenceNetwork(
            Weights.of(spec, Tiny.VOCABULARY, Tiny.parameters(spec)), Precision.DOUBLE, MIN_GRU);
    Differences.assertGradients(network, batch, Tiny.dropout(spec, batch, 1));
    Differences.assertAttribution(network);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void learns(ModelSpec spec) {
    try (Backend backend = new ReferenceBackend(MIN_GRU);
        RecurrentModel model = backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
        Trainer trainer =
            backend.createTrainer(
                model, Tiny.training(new Adam(0.02, 0.9, 0.999, 1e-8), null, null));
        RecurrentState state = model.newState(3)) {
      double first = Double.NaN;
      double last = Double.NaN;
      for (int i = 0; i < 60; i++) {
        state.clear();
        last = trainer.step(batch, Tiny.dropout(spec, batch, i), state, 0.02).loss();
        first = i == 0 ? last : first;
      }
      assertThat(last).isLessThan(0.8 * first);
      Parameters parameters = model.parameters();
      assertThat(parameters.names()).contains("rnn.weight_ih_l0", "rnn.bias_ih_l0");
      assertThat(parameters.names()).noneMatch(name -> name.contains("_hh_"));
      Trace trace = model.trace(batch, state.copy());
      assertThat(trace.names()).contains("l0.hidden", "l0.gate.z", "l0.gate.candidate");
    }
  }

  @Test
  void isRefusedWhereNoOneMakesIt() {
    ModelSpec spec = architectures().findFirst().orElseThrow();
    try (Backend backend = new ReferenceBackend(RecurrentCell::of)) {
      assertThatThrownBy(() -> backend.createModel(spec, Tiny.parameters(spec), Use.TRAINING))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "the engine reference has no cell 'mingru'; choose one of: rnn, gru," + " lstm");
    }
  }
}
