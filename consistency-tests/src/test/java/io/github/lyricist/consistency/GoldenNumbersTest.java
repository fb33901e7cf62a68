package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.reference.NetworkState;
import io.github.lyricist.scratch.reference.Precision;
import io.github.lyricist.scratch.reference.ReferenceNetwork;
import io.github.lyricist.scratch.reference.Weights;
import io.github.lyricist.testkit.Gradients;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine against the numbers of real PyTorch, with the tolerances of the parity contract. */
class GoldenNumbersTest {
  private static final List<String> ENGINES = List.of("scratch", "reference", "nd4j", "djl");

  static Stream<Golden> firstBatches() {
    return Golden.all().filter(Golden::hasFirst);
  }

  static Stream<Arguments> firstBatchesAndEngines() {
    return firstBatches().flatMap(GoldenNumbersTest::onEveryEngine);
  }

  static Stream<Arguments> filesAndEngines() {
    return Golden.all().flatMap(GoldenNumbersTest::onEveryEngine);
  }

  private static Stream<Arguments> onEveryEngine(Golden file) {
    return ENGINES.stream().map(engine -> Arguments.of(file, engine));
  }

  /** A backend with a model on it and its trainer. */
  private record Taught(Backend backend, RecurrentModel model, Trainer trainer)
      implements AutoCloseable {
    static Taught open(Golden golden, String engine) {
      Backend backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 2);
      RecurrentModel model = backend.createModel(golden.model(), golden.initial(), Use.TRAINING);
      return new Taught(backend, model, backend.createTrainer(model, golden.training()));
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
      backend.close();
    }
  }

  @ParameterizedTest
  @MethodSource("firstBatchesAndEngines")
  void firstBatch(Golden golden, String engine) {
    try (Taught taught = Taught.open(golden, engine);
        RecurrentState state = taught.model().newState(golden.batchSize())) {
      Batch batch = golden.batches().get(0);
      assertLogits(golden, taught.model(), batch);
      Parameters gradients =
          Gradients.of(taught.model(), taught.trainer(), batch, DropoutMasks.NONE, state.copy());
      for (String name : gradients.names()) {
        assertClose(name, gradients.get(name), golden.first("gradients/" + name));
      }
      StepResult step =
          taught.trainer().step(batch, DropoutMasks.NONE, state, golden.learningRate());
      assertRelative(step.loss(), golden.losses()[0], 1e-6);
      assertRelative(step.gradientNorm(), golden.gradientNorms()[0], 1e-5);
      HiddenState after = state.copy();
      assertClose("hidden state", after.hidden(), golden.first("state/h"));
      if (after.names().contains("cell")) {
        assertClose("cell state", after.get("cell"), golden.first("state/c"));
      }
      taught
          .model()
          .parameters()
          .forEach((name, value) -> assertClose(name, value, golden.first("updated/" + name)));
    }
  }

  private static void assertLogits(Golden golden, RecurrentModel model, Batch batch) {
    double[] expected = golden.first("logits");
    float[] logits = new float[batch.batchSize() * golden.vocabularySize()];
    try (Session session = model.newSession(batch.batchSize())) {
      for (int t = 0; t < batch.steps(); t++) {
        int from = t * batch.batchSize();
        session.next(Arrays.copyOfRange(batch.inputs(), from, from + batch.batchSize()), logits);
        assertClose(
            "logits at time step " + t,
            logits,
            Arrays.copyOfRange(expected, t * logits.length, (t + 1) * logits.length));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("filesAndEngines")
  void tenSteps(Golden golden, String engine) {
    try (Taught taught = Taught.open(golden, engine);
        RecurrentState state = taught.model().newState(golden.batchSize())) {
      List<Batch> batches = golden.batches();
      for (int i = 0; i < batches.size(); i++) {
        StepResult step =
            taught.trainer().step(batches.get(i), DropoutMasks.NONE, state, golden.learningRate());
        assertRelative(step.loss(), golden.losses()[i], 1e-5);
      }
      taught
          .model()
          .parameters()
          .forEach((name, value) -> assertClose(name, value, golden.last(name)));
    }
  }

  @ParameterizedTest
  @MethodSource("firstBatches")
  void referenceInDoublePrecision(Golden golden) {
    ReferenceNetwork network =
        new ReferenceNetwork(
            golden.model(), golden.vocabularySize(), golden.initial(), Precision.DOUBLE);
    Batch batch = golden.batches().get(0);
    NetworkState state = network.initialState(golden.batchSize());
    Weights gradients = network.weights().zeros();
    int predictions = batch.predictions();
    double total = network.learn(batch, DropoutMasks.NONE, state, predictions, gradients);
    double loss = total / predictions;
    assertRelative(loss, golden.losses()[0], 1e-13);
    for (String name : network.weights().names()) {
      if (golden.model().isTrained(name)) {
        assertThat(gradients.get(name))
            .as(name)
            .containsExactly(golden.first("gradients/" + name), within(1e-15));
      }
    }
  }

  private static void assertRelative(double actual, double expected, double tolerance) {
    assertThat(actual).isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }

  /** {@code |a − b| ≤ 1e-6 + 1e-4 |b|}, as the parity contract has it for gradients. */
  private static void assertClose(String name, float[] actual, double[] expected) {
    assertThat(actual).as(name).hasSize(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", name, i)
          .isCloseTo(expected[i], within(1e-6 + 1e-4 * Math.abs(expected[i])));
    }
  }
}
