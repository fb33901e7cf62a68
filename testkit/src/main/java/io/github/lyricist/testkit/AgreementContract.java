package io.github.lyricist.testkit;

import static io.github.lyricist.model.Initialization.Type.PYTORCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Sampler.EpochBatches;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ShardedSteps;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingSpec;
import io.github.lyricist.training.TrainingSteps;
import java.util.ArrayList;
import java.util.Arrays;
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
      new CorpusReader(
              CorpusSpec.DEFAULT.withLimit(1500), BATCH_SIZE, TextCache.none(), notice -> {})
          .read()
          .whole();

  /** The engine's name. */
  protected abstract String engine();

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures(HIDDEN);
  }

  private static SamplerSpec sampling(SamplerSpec.Type type) {
    return new SamplerSpec(type, BATCH_SIZE, STEPS, false);
  }

  /** An engine with a model and its trainer. */
  private final class Model implements AutoCloseable {
    final Backend backend;
    final RecurrentModel model;
    final Trainer trainer;
    final TrainingSpec training;

    Model(String engine, ModelSpec spec, Initialization.Type type, TrainingSpec training) {
      Parameters initial =
          new Initialization(type, 0.01).draw(spec, corpus.tokenizer().size(), random);
      this.training = training;
      backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 2);
      model = backend.createModel(spec, initial, Use.TRAINING);
      trainer = backend.createTrainer(model, training);
    }

    double loss(Batch batch) {
      try (Session session = model.newSession(BATCH_SIZE)) {
        return session.evaluate(batch).loss();
      }
    }

    List<Double> perplexities(SamplerSpec.Type type) {
      List<Double> perplexities = new ArrayList<>();
      TrainingListener collect =
          event -> {
            if (event instanceof TrainingEvent.EpochDone done) {
              perplexities.add(done.result().perplexity());
            }
          };
      Sampler sampler = sampling(type).over(corpus, random);
      try (TrainingSteps steps =
          new ShardedSteps(
              sampler,
              new Dropout(model.spec(), Dropout.Kind.EACH, random),
              trainer,
              Shard.of(BATCH_SIZE, training.shards()),
              model::newState)) {
        new TrainingLoop(sampler, steps, training).run(collect, () -> false);
      }
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
    EpochBatches batches = sampling(SamplerSpec.Type.RANDOM).over(corpus, random).epoch(1);
    Batch batch = batches.get(0);
    DropoutMasks dropout =
        new Dropout(spec, Dropout.Kind.EACH, random).masks(1, 0, batch.steps(), batch.batchSize());
    HiddenState zero = HiddenState.zero(spec, BATCH_SIZE);
    try (Model tested = new Model(engine(), spec, PYTORCH, Tiny.training(null));
        Model reference = new Model("reference", spec, PYTORCH, Tiny.training(null))) {
      double loss = reference.loss(batch);
      assertThat(tested.loss(batch)).isCloseTo(loss, within(1e-6 * loss));
      assertClose(
          Gradients.of(tested.model, tested.trainer, batch, dropout, zero),
          Gradients.of(reference.model, reference.trainer, batch, dropout, zero));
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesOnTheGradientOfSeveralBatches(ModelSpec spec) {
    EpochBatches batches = sampling(SamplerSpec.Type.RANDOM).over(corpus, random).epoch(1);
    Dropout dropout = new Dropout(spec, Dropout.Kind.EACH, random);
    try (Model tested = new Model(engine(), spec, PYTORCH, Tiny.training(null));
        Model reference = new Model("reference", spec, PYTORCH, Tiny.training(null))) {
      for (int i = 0; i < 3; i++) {
        Batch batch = batches.get(i);
        DropoutMasks masks = dropout.masks(1, i, batch.steps(), batch.batchSize());
        HiddenState zero = HiddenState.zero(spec, BATCH_SIZE);
        long predictions = 3L * batch.predictions();
        tested.trainer.accumulate(batch, masks, tested.model.newState(BATCH_SIZE), predictions);
        reference.trainer.accumulate(batch, masks, zero, predictions);
      }
      assertClose(tested.trainer.gradient(), reference.trainer.gradient());
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesOnWhatHappensInside(ModelSpec spec) {
    Batch batch = sampling(SamplerSpec.Type.CONSECUTIVE).over(corpus, random).epoch(1).get(0);
    int[] tokens = new int[BATCH_SIZE];
    Arrays.setAll(tokens, b -> 3 * b % corpus.tokenizer().size());
    try (Model tested = new Model(engine(), spec, PYTORCH, Tiny.training(null));
        Model reference = new Model("reference", spec, PYTORCH, Tiny.training(null))) {
      HiddenState before = HiddenState.zero(spec, BATCH_SIZE);
      for (String name : before.names()) {
        Arrays.fill(before.get(name), 0.25f);
      }
      Trace expected = reference.model.trace(batch, before);
      Trace actual = tested.model.trace(batch, before);
      assertThat(actual.names()).containsExactlyInAnyOrderElementsOf(expected.names());
      for (String name : expected.names()) {
        assertThat(actual.get(name))
            .as(name)
            .containsExactly(expected.get(name), within((float) TOLERANCE));
      }
      assertThat(tested.model.attribution(batch, before, tokens))
          .containsExactly(
              reference.model.attribution(batch, before, tokens), within((float) TOLERANCE));
    }
  }

  private static void assertClose(Parameters actual, Parameters expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    expected.forEach((name, gradient) -> assertClose(name, actual.get(name), gradient));
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
        new TrainingSpec(10, new Sgd(100, 0), 0.01, null, new Constant(), 1, 1, null));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void agreesOnTheFirstTwentyEpochsOfAdam(ModelSpec spec) {
    assertTrajectories(
        spec,
        SamplerSpec.Type.CONSECUTIVE,
        PYTORCH,
        new TrainingSpec(
            20, new Adam(1e-3, 0.9, 0.999, 1e-8), null, null, new Constant(), 1, 1, null));
  }

  /** Also with dropout, whose masks are then cut as the batches are. */
  @ParameterizedTest
  @MethodSource("architectures")
  void cutIntoShardsABatchTeachesTheSame(ModelSpec architecture) {
    ModelSpec spec =
        new ModelSpec(
            architecture.cell(),
            HIDDEN,
            architecture.layers(),
            architecture.embedding(),
            architecture.tieWeights(),
            0.25,
            architecture.recurrentBias());
    for (SamplerSpec.Type type : SamplerSpec.Type.values()) {
      try (Model whole = new Model(engine(), spec, PYTORCH, adam(1));
          Model cut = new Model(engine(), spec, PYTORCH, adam(3))) {
        assertSame(cut.perplexities(type), whole.perplexities(type));
      }
    }
  }

  private static TrainingSpec adam(int shards) {
    return new TrainingSpec(
        5, new Adam(1e-3, 0.9, 0.999, 1e-8), null, null, new Constant(), 1, shards, null);
  }

  private void assertTrajectories(
      ModelSpec spec, SamplerSpec.Type type, Initialization.Type init, TrainingSpec training) {
    try (Model tested = new Model(engine(), spec, init, training);
        Model reference = new Model("reference", spec, init, training)) {
      List<Double> actual = tested.perplexities(type);
      assertThat(actual).hasSize(training.epochs());
      assertSame(actual, reference.perplexities(type));
    }
  }

  private static void assertSame(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .as("epoch %d", i + 1)
          .isCloseTo(expected.get(i), within(TOLERANCE * expected.get(i)));
    }
  }
}
