package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
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
  private record Taught(RecurrentModel model, Trainer trainer) implements AutoCloseable {
    /** A step from this state, and the state after it. */
    StepResult step(Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
      try (RecurrentState engines = model.newState(state.batchSize())) {
        engines.set(state);
        StepResult result = trainer.step(batch, dropout, engines, learningRate);
        state.set(engines.copy());
        return result;
      }
    }

    double loss(Batch batch, HiddenState state) {
      try (Session session = model.newSession(state.batchSize())) {
        session.set(state);
        double loss = session.evaluate(batch).loss();
        state.set(session.state());
        return loss;
      }
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }

  private Taught taught(Parameters initial, TrainingSpec training) {
    RecurrentModel model = backend.createModel(spec, initial, Use.TRAINING);
    return new Taught(model, backend.createTrainer(model, training));
  }

  private Taught taught(@Nullable Double clipNorm) {
    return taught(Tiny.parameters(spec), Tiny.training(clipNorm));
  }

  private DropoutMasks dropout() {
    return Tiny.dropout(spec, batch, 1);
  }

  private HiddenState zero() {
    return HiddenState.zero(spec, batch.batchSize());
  }

  private HiddenState someState(Taught taught) {
    HiddenState state = zero();
    taught.loss(Tiny.batch(batch.batchSize(), 2, 9), state);
    return state;
  }

  @Test
  void reportsTheLossBeforeTheStepAndLeavesTheStateAfterIt() {
    try (Taught taught = taught(null)) {
      HiddenState evaluated = someState(taught);
      HiddenState trained = evaluated.copy();
      double loss = taught.loss(batch, evaluated);
      StepResult result = taught.step(batch, DropoutMasks.NONE, trained, 0.5);
      assertThat(result.loss()).isCloseTo(loss, within(1e-6 * loss));
      for (String name : evaluated.names()) {
        assertThat(trained.get(name)).containsExactly(evaluated.get(name), within(TOLERANCE));
      }
      assertThat(taught.loss(batch, someState(taught))).isLessThan(loss);
    }
  }

  @Test
  void computesTheSlopeOfTheLoss() {
    Parameters initial = Tiny.parameters(spec);
    float step = 1e-2f;
    try (Taught taught = taught(null)) {
      HiddenState state = someState(taught);
      Parameters gradients =
          Gradients.of(taught.model(), taught.trainer(), batch, dropout(), state);
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
    try (Taught taught = taught(parameters, Tiny.training(null))) {
      return taught.step(batch, dropout(), state.copy(), 0).loss();
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
    Parameters zeroBias = Tiny.parameters(spec);
    Arrays.fill(zeroBias.get("linear.bias"), 0);
    try (Taught taught = taught(null);
        Taught dropped = taught(zeroBias, Tiny.training(null))) {
      HiddenState state = someState(taught);
      double loss = taught.step(batch, DropoutMasks.NONE, state.copy(), 0).loss();
      float[] nothing = new float[batch.predictions() * spec.hidden()];
      DropoutMasks all = new DropoutMasks(Collections.nCopies(spec.layers(), nothing));
      double even = dropped.step(batch, all, state.copy(), 0).loss();
      assertThat(even).isCloseTo(Math.log(Tiny.VOCABULARY), within(1e-6));
      assertThat(even).isNotCloseTo(loss, within(1e-6));
    }
  }

  @Test
  void changesNoParameterByAccumulating() {
    try (Taught taught = taught(null)) {
      Parameters parameters = taught.model().parameters();
      Gradients.of(taught.model(), taught.trainer(), batch, dropout(), someState(taught));
      assertParameters(taught, parameters);
    }
  }

  private static void assertParameters(Taught taught, Parameters expected) {
    assertSame(taught.model().parameters(), expected);
  }

  private static void assertSame(Parameters actual, Parameters expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).containsExactly(value));
  }

  @Test
  void stepsAgainstTheGradient() {
    assertStep(null, 0.25, 1);
  }

  @Test
  void scalesTheWholeGradientDownToTheClippingNorm() {
    try (Taught taught = taught(null)) {
      double norm = norm(Gradients.of(taught.model(), taught.trainer(), batch, dropout(), zero()));
      assertStep(norm / 2, 0.25, 0.5);
      assertStep(norm * 2, 0.25, 1);
    }
  }

  private void assertStep(@Nullable Double clipNorm, double learningRate, double clipFactor) {
    try (Taught taught = taught(clipNorm)) {
      Parameters before = taught.model().parameters();
      Parameters gradients =
          Gradients.of(taught.model(), taught.trainer(), batch, dropout(), zero());
      StepResult result = taught.step(batch, dropout(), zero(), learningRate);
      assertThat(result.gradientNorm()).isCloseTo(norm(gradients), within(1e-5));
      Parameters after = taught.model().parameters();
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
  void aStepIsOneBatchAccumulatedAndApplied() {
    TrainingSpec training = Tiny.training(new Adam(1, 0.9, 0.999, 1e-8), 0.1, null);
    try (Taught whole = taught(Tiny.parameters(spec), training);
        Taught inParts = taught(Tiny.parameters(spec), training)) {
      for (int i = 0; i < 3; i++) {
        Batch other = Tiny.batch(3, 4, i);
        StepResult step = whole.step(other, Tiny.dropout(spec, other, i), zero(), 0.01);
        Evaluation evaluation;
        try (RecurrentState state = inParts.model().newState(3)) {
          evaluation =
              inParts
                  .trainer()
                  .accumulate(other, Tiny.dropout(spec, other, i), state, other.predictions());
        }
        inParts.trainer().add(zeros(inParts));
        assertThat(evaluation.loss()).isEqualTo(step.loss());
        assertThat(inParts.trainer().update(0.01)).isEqualTo(step.gradientNorm());
      }
      assertParameters(inParts, whole.model().parameters());
    }
  }

  /** A gradient of nothing. */
  private Parameters zeros(Taught taught) {
    Parameters gradient = taught.trainer().gradient();
    gradient.forEach((name, value) -> Arrays.fill(value, 0));
    return gradient;
  }

  /** Batches of several sizes, whose gradients add up to that of their sum. */
  private static List<Batch> parts() {
    return List.of(Tiny.batch(3, 4, 1), Tiny.batch(2, 4, 2), Tiny.batch(1, 7, 3));
  }

  private static final long PREDICTIONS = 3 * 4 + 2 * 4 + 7;

  private void accumulate(Taught taught, Batch part) {
    try (RecurrentState state = taught.model().newState(part.batchSize())) {
      taught.trainer().accumulate(part, Tiny.dropout(spec, part, 1), state, PREDICTIONS);
    }
  }

  /** The gradient of one part, of which nothing stays in the trainer. */
  private Parameters alone(Taught taught, Batch part) {
    accumulate(taught, part);
    Parameters gradient = taught.trainer().gradient();
    taught.trainer().clear();
    return gradient;
  }

  @Test
  void addsUpTheGradientsOfSeveralBatchesEachComputedAlone() {
    try (Taught taught = taught(null);
        Taught other = taught(null)) {
      Parameters sum = zeros(other);
      for (Batch part : parts()) {
        Parameters gradient = alone(other, part);
        sum.forEach(
            (name, value) -> {
              for (int i = 0; i < value.length; i++) {
                value[i] += gradient.get(name)[i];
              }
            });
        accumulate(taught, part);
      }
      assertSame(taught.trainer().gradient(), sum);
    }
  }

  @Test
  void takesGradientsFromAnotherTrainer() {
    TrainingSpec training = Tiny.training(new Adam(1, 0.9, 0.999, 1e-8), 0.1, null);
    try (Taught here = taught(Tiny.parameters(spec), training);
        Taught there = taught(Tiny.parameters(spec), training);
        Taught both = taught(Tiny.parameters(spec), training)) {
      for (Batch part : parts()) {
        here.trainer().add(alone(there, part));
        accumulate(both, part);
      }
      assertThat(here.trainer().update(0.01)).isEqualTo(both.trainer().update(0.01));
      assertParameters(here, both.model().parameters());
    }
  }

  @Test
  void forgetsWhatItHasAccumulatedWithTheUpdate() {
    try (Taught taught = taught(null)) {
      accumulate(taught, batch);
      taught.trainer().update(0);
      taught.trainer().gradient().forEach((n, value) -> assertThat(value).as(n).containsOnly(0));
      Parameters once = alone(taught, batch);
      accumulate(taught, batch);
      accumulate(taught, batch);
      taught.trainer().clear();
      assertSame(alone(taught, batch), once);
    }
  }

  @Test
  void keepsTiedWeightsEqualAndUntrainedBiasesAtZero() {
    try (Taught taught = taught(null)) {
      taught.step(batch, dropout(), zero(), 0.5);
      Parameters after = taught.model().parameters();
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
    try (Taught taught = taught(broken(), Tiny.training(1.0))) {
      assertThat(taught.step(batch, dropout(), zero(), 0.5).isFinite()).isFalse();
      assertParameters(taught, broken());
    }
  }

  private Parameters broken() {
    Parameters broken = Tiny.parameters(spec);
    Arrays.fill(broken.get("linear.bias"), Float.NaN);
    return broken;
  }

  @Test
  void takesBatchesOfAnySizeInTurn() {
    try (Taught taught = taught(0.01)) {
      for (List<Integer> size :
          List.of(List.of(1, 1), List.of(2, 9), List.of(5, 3), List.of(1, 20), List.of(3, 4))) {
        Batch other = Tiny.batch(size.get(0), size.get(1), 5);
        HiddenState state = HiddenState.zero(spec, size.get(0));
        double loss = taught.loss(other, state.copy());
        assertThat(taught.step(other, DropoutMasks.NONE, state, 0.5).loss())
            .isCloseTo(loss, within(1e-6 * loss));
      }
    }
  }

  @Test
  void refusesAClosedModel() {
    Taught taught = taught(null);
    RecurrentState state = taught.model().newState(3);
    taught.model().close();
    assertThatThrownBy(() -> taught.trainer().step(batch, DropoutMasks.NONE, state, 0.5))
        .isInstanceOf(IllegalStateException.class);
    state.close();
    state.close();
    taught.close();
    taught.close();
  }

  @Test
  void refusesWorkOnceItOrItsBackendIsClosed() {
    try (Taught taught = taught(null);
        RecurrentState state = taught.model().newState(3)) {
      taught.trainer().close();
      taught.trainer().close();
      assertThatThrownBy(() -> taught.trainer().step(batch, DropoutMasks.NONE, state, 0.5))
          .isInstanceOf(IllegalStateException.class);
    }
    Backend other = open();
    RecurrentModel model = other.createModel(spec, Tiny.parameters(spec), Use.TRAINING);
    model.close();
    other.close();
    assertThatThrownBy(() -> other.createModel(spec, Tiny.parameters(spec), Use.TRAINING))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> other.createTrainer(model, Tiny.training(null)))
        .isInstanceOf(IllegalStateException.class);
  }
}
