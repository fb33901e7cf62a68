package io.github.lyricist.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From one start, an engine computes what the plain loops of {@code reference} compute, which must
 * be on the class path.
 */
public abstract class AgreementContract {
  private static final int BATCH_SIZE = 16; // B
  private static final int STEPS = 11; // T
  private static final int HIDDEN = 24; // H
  private static final double TOLERANCE = 1e-5;

  private final RandomStreams random = new RandomStreams(7);
  private final Corpus corpus =
      CorpusReader.read(
          new CorpusSpec("bundled:songs", Newlines.SPACE, 1500, 0, UnknownCharacters.ERROR));

  /** The engine's name. */
  protected abstract String engine();

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures(HIDDEN);
  }

  private static SamplerSpec sampling(SamplerSpec.Type type) {
    return new SamplerSpec(type, BATCH_SIZE, STEPS, false);
  }

  /** An engine with a model and its trainer. */
  private final class Session implements AutoCloseable {
    final Backend backend;
    final RecurrentModel model;
    final Trainer trainer;
    final TrainingSpec training;

    Session(String engine, ModelSpec spec, Initialization.Type type, TrainingSpec training) {
      Parameters initial =
          new Initialization(type, 0.01).draw(spec, corpus.vocabulary().size(), random);
      this.training = training;
      backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 2);
      model = backend.createModel(spec, initial);
      trainer = backend.createTrainer(model, training);
    }

    List<Double> perplexities(SamplerSpec.Type type) {
      List<Double> perplexities = new ArrayList<>();
      new TrainingLoop(
              sampling(type).over(corpus, random),
              trainer,
              model.initialState(BATCH_SIZE),
              training,
              new Dropout(model.spec(), random),
              null,
              () -> false)
          .run(
              new TrainingListener() {
                @Override
                public void epochDone(EpochResult result) {
                  perplexities.add(result.perplexity());
                }
              });
      return perplexities;
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
      backend.close();
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesOnLossAndGradientsOfTheFirstBatch(ModelSpec spec) {
    Batch batch = sampling(SamplerSpec.Type.RANDOM).over(corpus, random).epoch(1).get(0);
    DropoutMasks dropout = new Dropout(spec, random).masks(1, 0, batch.predictions());
    TrainingSpec training = Tiny.training(null);
    try (Session tested = new Session(engine(), spec, Initialization.Type.PYTORCH, training);
        Session reference = new Session("reference", spec, Initialization.Type.PYTORCH, training)) {
      double loss =
          reference.model.evaluate(batch, reference.model.initialState(BATCH_SIZE)).loss();
      assertThat(tested.model.evaluate(batch, tested.model.initialState(BATCH_SIZE)).loss())
          .isCloseTo(loss, within(1e-6 * loss));
      Parameters expected =
          reference.trainer.gradients(batch, dropout, reference.model.initialState(BATCH_SIZE));
      Parameters actual =
          tested.trainer.gradients(batch, dropout, tested.model.initialState(BATCH_SIZE));
      assertThat(actual.names()).containsExactlyElementsOf(expected.names());
      expected.forEach((name, gradient) -> assertClose(name, actual.get(name), gradient));
    }
  }

  private static void assertClose(String name, float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s, element %d", name, i)
          .isCloseTo(expected[i], within(1e-6 + 1e-4 * Math.abs(expected[i])));
    }
  }

  @ParameterizedTest
  @CsvSource({"RANDOM, false", "CONSECUTIVE, true"})
  void agreesOnTheFirstTenEpochsOfDescent(SamplerSpec.Type type, boolean recurrentBias) {
    ModelSpec spec = new ModelSpec(Cell.RNN, HIDDEN, 1, null, false, 0, recurrentBias);
    assertTrajectories(
        spec,
        type,
        Initialization.Type.NORMAL,
        new TrainingSpec(10, new Sgd(100, 0), 0.01, null, new Constant(), null));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesOnTheFirstTwentyEpochsOfAdam(ModelSpec spec) {
    assertTrajectories(
        spec,
        SamplerSpec.Type.CONSECUTIVE,
        Initialization.Type.PYTORCH,
        new TrainingSpec(20, new Adam(1e-3, 0.9, 0.999, 1e-8), null, null, new Constant(), null));
  }

  private void assertTrajectories(
      ModelSpec spec, SamplerSpec.Type type, Initialization.Type init, TrainingSpec training) {
    try (Session tested = new Session(engine(), spec, init, training);
        Session reference = new Session("reference", spec, init, training)) {
      List<Double> actual = tested.perplexities(type);
      List<Double> expected = reference.perplexities(type);
      assertThat(actual).hasSize(training.epochs());
      for (int i = 0; i < training.epochs(); i++) {
        assertThat(actual.get(i))
            .as("epoch %d", i + 1)
            .isCloseTo(expected.get(i), within(TOLERANCE * expected.get(i)));
      }
    }
  }
}
