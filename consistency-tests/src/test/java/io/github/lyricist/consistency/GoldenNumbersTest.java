package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.reference.Precision;
import io.github.lyricist.scratch.reference.ReferenceNetwork;
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
  private record Session(Backend backend, RecurrentModel model, Trainer trainer)
      implements AutoCloseable {
    static Session open(Golden golden, String engine) {
      Backend backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 2);
      RecurrentModel model = backend.createModel(golden.model(), golden.initial());
      return new Session(backend, model, backend.createTrainer(model, golden.training()));
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
    try (Session session = Session.open(golden, engine)) {
      Batch batch = golden.batches().get(0);
      HiddenState state = session.model().initialState(golden.batchSize());
      assertLogits(golden, session.model(), batch);
      Parameters gradients = session.trainer().gradients(batch, DropoutMasks.NONE, state);
      for (String name : gradients.names()) {
        assertClose(name, gradients.get(name), golden.first("gradients/" + name));
      }
      StepResult step =
          session.trainer().step(batch, DropoutMasks.NONE, state, golden.learningRate());
      assertRelative(step.loss(), golden.losses()[0], 1e-6);
      assertRelative(step.gradientNorm(), golden.gradientNorms()[0], 1e-5);
      assertClose("hidden state", state.hidden(), golden.first("state/h"));
      if (state.cell() != null) {
        assertClose("cell state", state.cell(), golden.first("state/c"));
      }
      session
          .model()
          .parameters()
          .forEach((name, value) -> assertClose(name, value, golden.first("updated/" + name)));
    }
  }

  private static void assertLogits(Golden golden, RecurrentModel model, Batch batch) {
    double[] expected = golden.first("logits");
    HiddenState state = model.initialState(batch.batchSize());
    float[] logits = new float[batch.batchSize() * golden.vocabularySize()];
    for (int t = 0; t < batch.steps(); t++) {
      int from = t * batch.batchSize();
      model.nextLogits(
          Arrays.copyOfRange(batch.inputs(), from, from + batch.batchSize()), state, logits);
      assertClose(
          "logits at time step " + t,
          logits,
          Arrays.copyOfRange(expected, t * logits.length, (t + 1) * logits.length));
    }
  }

  @ParameterizedTest
  @MethodSource("filesAndEngines")
  void tenSteps(Golden golden, String engine) {
    try (Session session = Session.open(golden, engine)) {
      HiddenState state = session.model().initialState(golden.batchSize());
      List<Batch> batches = golden.batches();
      for (int i = 0; i < batches.size(); i++) {
        StepResult step =
            session.trainer().step(batches.get(i), DropoutMasks.NONE, state, golden.learningRate());
        assertRelative(step.loss(), golden.losses()[i], 1e-5);
      }
      session
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
    double loss =
        network.learn(batch, DropoutMasks.NONE, network.initialState(golden.batchSize()))
            / batch.predictions();
    assertRelative(loss, golden.losses()[0], 1e-13);
    for (String name : network.weights().names()) {
      if (golden.model().isTrained(name)) {
        assertThat(network.gradients().get(name))
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
