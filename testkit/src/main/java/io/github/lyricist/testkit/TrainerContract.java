package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Trainer} keeps. */
public abstract class TrainerContract {
  private static final float TOLERANCE = 1e-5f;

  private final Batch batch = Tiny.batch(3, 4, 1);

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Backend backend;

  /** The engine on the CPU. */
  protected abstract Backend open();

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  /** A model with its trainer. */
  private record Session(RecurrentModel model, Trainer trainer) implements AutoCloseable {
    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }

  private Session session(ModelSpec spec, Parameters initial, @Nullable Double clipNorm) {
    RecurrentModel model = backend.createModel(spec, initial);
    return new Session(model, backend.createTrainer(model, Tiny.training(clipNorm)));
  }

  private Session session(@Nullable Double clipNorm) {
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    return session(spec, Tiny.parameters(spec), clipNorm);
  }

  @Test
  void reportsTheLossBeforeTheStepAndLeavesTheStateAfterIt() {
    try (Session session = session(null)) {
      HiddenState evaluated = someState(session);
      HiddenState trained = evaluated.copy();
      double loss = session.model().evaluate(batch, evaluated).loss();
      StepResult result = session.trainer().step(batch, trained, 0.5);
      assertThat(result.loss()).isCloseTo(loss, within(1e-6 * loss));
      assertThat(trained.hidden()).containsExactly(evaluated.hidden(), within(TOLERANCE));
      assertThat(session.model().evaluate(batch, someState(session)).loss()).isLessThan(loss);
    }
  }

  private HiddenState someState(Session session) {
    HiddenState state = session.model().initialState(batch.batchSize());
    session.model().evaluate(Tiny.batch(batch.batchSize(), 2, 9), state);
    return state;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void computesTheSlopeOfTheLoss(boolean recurrentBias) {
    ModelSpec spec = Tiny.model(Cell.RNN, recurrentBias);
    Parameters initial = Tiny.parameters(spec);
    float step = 1e-2f;
    try (Session session = session(spec, initial, null)) {
      HiddenState state = someState(session);
      Parameters gradients = session.trainer().gradients(batch, state);
      for (String name : gradients.names()) {
        float[] gradient = gradients.get(name);
        double norm = norm(gradient);
        double slope =
            (loss(spec, moved(initial, name, gradient, step / norm), state)
                    - loss(spec, moved(initial, name, gradient, -step / norm), state))
                / (2 * step);
        assertThat(norm).as(name).isGreaterThan(1e-3);
        assertThat(slope).as(name).isCloseTo(norm, within(1e-4 + 1e-3 * norm));
      }
    }
  }

  private double loss(ModelSpec spec, Parameters parameters, HiddenState state) {
    try (RecurrentModel model = backend.createModel(spec, parameters)) {
      return model.evaluate(batch, state.copy()).loss();
    }
  }

  /** The parameters, one of them moved along a direction. */
  private static Parameters moved(
      Parameters parameters, String moved, float[] direction, double factor) {
    Parameters result = new Parameters();
    parameters.forEach(
        (name, value) -> {
          float[] copy = value.clone();
          if (name.equals(moved)) {
            for (int i = 0; i < copy.length; i++) {
              copy[i] += (float) (factor * direction[i]);
            }
          }
          result.put(name, parameters.shape(name), copy);
        });
    return result;
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float x : vector) {
      sum += (double) x * x;
    }
    return Math.sqrt(sum);
  }

  private static double norm(Parameters gradients) {
    return Math.sqrt(
        gradients.names().stream().mapToDouble(n -> Math.pow(norm(gradients.get(n)), 2)).sum());
  }

  @Test
  void changesNothingByComputingGradients() {
    try (Session session = session(null)) {
      HiddenState state = someState(session);
      float[] before = state.hidden().clone();
      Parameters parameters = session.model().parameters();
      session.trainer().gradients(batch, state);
      assertThat(state.hidden()).containsExactly(before);
      parameters.forEach(
          (name, value) ->
              assertThat(session.model().parameters().get(name)).containsExactly(value));
    }
  }

  @Test
  void stepsAgainstTheGradient() {
    assertStep(null, 0.25, 1);
  }

  @Test
  void scalesTheWholeGradientDownToTheClippingNorm() {
    try (Session session = session(null)) {
      double norm = norm(session.trainer().gradients(batch, session.model().initialState(3)));
      assertStep(norm / 2, 0.25, 0.5);
      assertStep(norm * 2, 0.25, 1);
    }
  }

  private void assertStep(@Nullable Double clipNorm, double learningRate, double clipFactor) {
    try (Session session = session(clipNorm)) {
      Parameters before = session.model().parameters();
      HiddenState state = session.model().initialState(3);
      Parameters gradients = session.trainer().gradients(batch, state);
      StepResult result = session.trainer().step(batch, state, learningRate);
      assertThat(result.gradientNorm()).isCloseTo(norm(gradients), within(1e-5));
      Parameters after = session.model().parameters();
      for (String name : before.names()) {
        float[] expected = before.get(name).clone();
        for (int i = 0; i < expected.length; i++) {
          expected[i] -= (float) (learningRate * clipFactor * gradients.get(name)[i]);
        }
        assertThat(after.get(name)).as(name).containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  @Test
  void leavesAnUntrainedRecurrentBiasAtZeroAndOutOfTheNorm() {
    ModelSpec spec = Tiny.model(Cell.RNN, false);
    try (Session session = session(spec, Tiny.parameters(spec), null)) {
      HiddenState state = session.model().initialState(3);
      Parameters gradients = session.trainer().gradients(batch, state);
      assertThat(gradients.names())
          .containsExactly(
              "rnn.weight_ih_l0",
              "rnn.weight_hh_l0",
              "rnn.bias_ih_l0",
              "linear.weight",
              "linear.bias");
      StepResult result = session.trainer().step(batch, state, 0.5);
      assertThat(result.gradientNorm()).isCloseTo(norm(gradients), within(1e-5));
      assertThat(session.model().parameters().get("rnn.bias_hh_l0"))
          .containsExactly(new float[Tiny.HIDDEN]);
    }
  }

  @Test
  void leavesTheParametersAloneWhenTheLossIsNotFinite() {
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    Parameters broken = Tiny.parameters(spec);
    Arrays.fill(broken.get("linear.bias"), Float.NaN);
    try (Session session = session(spec, broken, 1.0)) {
      StepResult result = session.trainer().step(batch, session.model().initialState(3), 0.5);
      assertThat(result.isFinite()).isFalse();
      broken.forEach(
          (name, value) ->
              assertThat(session.model().parameters().get(name)).containsExactly(value));
    }
  }

  @Test
  void takesBatchesOfAnySizeInTurn() {
    try (Session session = session(0.01)) {
      for (int[] size : new int[][] {{1, 1}, {2, 9}, {5, 3}, {1, 20}, {3, 4}}) {
        Batch other = Tiny.batch(size[0], size[1], 5);
        HiddenState state = session.model().initialState(size[0]);
        double loss = session.model().evaluate(other, state).loss();
        state.clear();
        assertThat(session.trainer().step(other, state, 0.5).loss())
            .isCloseTo(loss, within(1e-6 * loss));
      }
    }
  }

  @Test
  void refusesAClosedModel() {
    Session session = session(null);
    HiddenState state = session.model().initialState(3);
    session.model().close();
    assertThatThrownBy(() -> session.trainer().step(batch, state, 0.5))
        .isInstanceOf(IllegalStateException.class);
    session.close();
    session.close();
  }

  @Test
  void refusesWorkOnceItOrItsBackendIsClosed() {
    try (Session session = session(null)) {
      HiddenState state = session.model().initialState(3);
      session.trainer().close();
      session.trainer().close();
      assertThatThrownBy(() -> session.trainer().step(batch, state, 0.5))
          .isInstanceOf(IllegalStateException.class);
    }
    ModelSpec spec = Tiny.model(Cell.RNN, true);
    Backend other = open();
    RecurrentModel model = other.createModel(spec, Tiny.parameters(spec));
    model.close();
    other.close();
    assertThatThrownBy(() -> other.createModel(spec, Tiny.parameters(spec)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> other.createTrainer(model, Tiny.training(null)))
        .isInstanceOf(IllegalStateException.class);
  }
}
