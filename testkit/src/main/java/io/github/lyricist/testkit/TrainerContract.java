package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Trainer} keeps, for every architecture. */
@ParameterizedClass
@MethodSource("architectures")
public abstract class TrainerContract {
  private static final float TOLERANCE = 1e-5f;

  private final Batch batch = Tiny.batch(3, 4, 1);

  /** What is tested; set before each test. */
  @Parameter
  @SuppressWarnings("NullAway.Init")
  protected ModelSpec spec;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Backend backend;

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

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

  private Session session(Parameters initial, @Nullable Double clipNorm) {
    RecurrentModel model = backend.createModel(spec, initial);
    return new Session(model, backend.createTrainer(model, Tiny.training(clipNorm)));
  }

  private Session session(@Nullable Double clipNorm) {
    return session(Tiny.parameters(spec), clipNorm);
  }

  private DropoutMasks dropout() {
    return Tiny.dropout(spec, batch, 1);
  }

  @Test
  void reportsTheLossBeforeTheStepAndLeavesTheStateAfterIt() {
    try (Session session = session(null)) {
      HiddenState evaluated = someState(session);
      HiddenState trained = evaluated.copy();
      double loss = session.model().evaluate(batch, evaluated).loss();
      StepResult result = session.trainer().step(batch, DropoutMasks.NONE, trained, 0.5);
      assertThat(result.loss()).isCloseTo(loss, within(1e-6 * loss));
      assertThat(trained.hidden()).containsExactly(evaluated.hidden(), within(TOLERANCE));
      if (evaluated.cell() != null) {
        assertThat(trained.cell()).containsExactly(evaluated.cell(), within(TOLERANCE));
      }
      assertThat(session.model().evaluate(batch, someState(session)).loss()).isLessThan(loss);
    }
  }

  private HiddenState someState(Session session) {
    HiddenState state = session.model().initialState(batch.batchSize());
    session.model().evaluate(Tiny.batch(batch.batchSize(), 2, 9), state);
    return state;
  }

  @Test
  void computesTheSlopeOfTheLoss() {
    Parameters initial = Tiny.parameters(spec);
    float step = 1e-2f;
    try (Session session = session(initial, null)) {
      HiddenState state = someState(session);
      Parameters gradients = session.trainer().gradients(batch, dropout(), state);
      assertThat(gradients.names())
          .containsExactlyElementsOf(initial.names().stream().filter(spec::isTrained).toList());
      for (String name : gradients.names()) {
        float[] gradient = gradients.get(name);
        double norm = norm(gradient);
        double slope =
            (loss(moved(initial, name, gradient, step / norm), state)
                    - loss(moved(initial, name, gradient, -step / norm), state))
                / (2 * step);
        assertThat(norm).as(name).isGreaterThan(1e-3);
        assertThat(slope).as(name).isCloseTo(norm, within(1e-4 + 1e-3 * norm));
      }
    }
  }

  private double loss(Parameters parameters, HiddenState state) {
    try (Session session = session(parameters, null)) {
      return session.trainer().step(batch, dropout(), state.copy(), 0).loss();
    }
  }

  /** The parameters, one of them moved along a direction, and with it what is tied to it. */
  private Parameters moved(Parameters parameters, String moved, float[] direction, double factor) {
    Parameters result = new Parameters();
    parameters.forEach(
        (name, value) -> {
          float[] copy = value.clone();
          boolean tied = spec.tieWeights() && name.equals("linear.weight");
          if ((tied ? "embedding.weight" : name).equals(moved)) {
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
  void dropsWhatTheMasksSay() {
    try (Session session = session(null)) {
      HiddenState state = someState(session);
      double loss = session.trainer().step(batch, DropoutMasks.NONE, state.copy(), 0).loss();
      float[] nothing = new float[batch.predictions() * spec.hidden()];
      DropoutMasks all = new DropoutMasks(Collections.nCopies(spec.layers(), nothing));
      Parameters zeroBias = Tiny.parameters(spec);
      Arrays.fill(zeroBias.get("linear.bias"), 0);
      try (Session dropped = session(zeroBias, null)) {
        double even = dropped.trainer().step(batch, all, state.copy(), 0).loss();
        assertThat(even).isCloseTo(Math.log(Tiny.VOCABULARY), within(1e-6));
        assertThat(even).isNotCloseTo(loss, within(1e-6));
      }
    }
  }

  @Test
  void changesNothingByComputingGradients() {
    try (Session session = session(null)) {
      HiddenState state = someState(session);
      HiddenState before = state.copy();
      Parameters parameters = session.model().parameters();
      session.trainer().gradients(batch, dropout(), state);
      assertThat(state.hidden()).containsExactly(before.hidden());
      assertThat(state.cell()).isEqualTo(before.cell());
      assertParameters(session, parameters);
    }
  }

  private static void assertParameters(Session session, Parameters expected) {
    Parameters actual = session.model().parameters();
    expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).containsExactly(value));
  }

  @Test
  void stepsAgainstTheGradient() {
    assertStep(null, 0.25, 1);
  }

  @Test
  void scalesTheWholeGradientDownToTheClippingNorm() {
    try (Session session = session(null)) {
      HiddenState state = session.model().initialState(3);
      double norm = norm(session.trainer().gradients(batch, dropout(), state));
      assertStep(norm / 2, 0.25, 0.5);
      assertStep(norm * 2, 0.25, 1);
    }
  }

  private void assertStep(@Nullable Double clipNorm, double learningRate, double clipFactor) {
    try (Session session = session(clipNorm)) {
      Parameters before = session.model().parameters();
      HiddenState state = session.model().initialState(3);
      Parameters gradients = session.trainer().gradients(batch, dropout(), state);
      StepResult result = session.trainer().step(batch, dropout(), state, learningRate);
      assertThat(result.gradientNorm()).isCloseTo(norm(gradients), within(1e-5));
      Parameters after = session.model().parameters();
      for (String name : gradients.names()) {
        float[] expected = before.get(name).clone();
        for (int i = 0; i < expected.length; i++) {
          expected[i] -= (float) (learningRate * clipFactor * gradients.get(name)[i]);
        }
        assertThat(after.get(name)).as(name).containsExactly(expected, within(TOLERANCE));
      }
    }
  }

  @Test
  void keepsTiedWeightsEqualAndUntrainedBiasesAtZero() {
    try (Session session = session(null)) {
      session.trainer().step(batch, dropout(), session.model().initialState(3), 0.5);
      Parameters after = session.model().parameters();
      if (spec.tieWeights()) {
        assertThat(after.get("linear.weight")).containsExactly(after.get("embedding.weight"));
      }
      for (String name : after.names()) {
        if (!spec.isTrained(name) && name.contains("bias")) {
          assertThat(after.get(name)).as(name).containsOnly(0);
        }
      }
    }
  }

  @Test
  void leavesTheParametersAloneWhenTheLossIsNotFinite() {
    Parameters broken = Tiny.parameters(spec);
    Arrays.fill(broken.get("linear.bias"), Float.NaN);
    try (Session session = session(broken, 1.0)) {
      StepResult result =
          session.trainer().step(batch, dropout(), session.model().initialState(3), 0.5);
      assertThat(result.isFinite()).isFalse();
      assertParameters(session, broken);
    }
  }

  @Test
  void takesBatchesOfAnySizeInTurn() {
    try (Session session = session(0.01)) {
      for (List<Integer> size :
          List.of(List.of(1, 1), List.of(2, 9), List.of(5, 3), List.of(1, 20), List.of(3, 4))) {
        Batch other = Tiny.batch(size.get(0), size.get(1), 5);
        HiddenState state = session.model().initialState(size.get(0));
        double loss = session.model().evaluate(other, state).loss();
        state.clear();
        assertThat(session.trainer().step(other, DropoutMasks.NONE, state, 0.5).loss())
            .isCloseTo(loss, within(1e-6 * loss));
      }
    }
  }

  @Test
  void refusesAClosedModel() {
    Session session = session(null);
    HiddenState state = session.model().initialState(3);
    session.model().close();
    assertThatThrownBy(() -> session.trainer().step(batch, DropoutMasks.NONE, state, 0.5))
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
      assertThatThrownBy(() -> session.trainer().step(batch, DropoutMasks.NONE, state, 0.5))
          .isInstanceOf(IllegalStateException.class);
    }
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
