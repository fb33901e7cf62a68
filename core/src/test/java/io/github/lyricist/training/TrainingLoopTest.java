package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.corpus.TextCorpus;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.SamplerSpec;
import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLoopTest {
  private static final ModelSpec MODEL = ModelSpec.DEFAULT;

  /** Reports the losses it was given, and notes the state that it saw; every step adds 1 to it. */
  private static final class ScriptedTrainer implements Trainer {
    private final double[] losses;
    private final List<Float> statesSeen = new ArrayList<>();
    private final List<Double> ratesSeen = new ArrayList<>();
    private final List<Long> predictionsAskedFor = new ArrayList<>();
    private @Nullable OptimizerState restored;

    ScriptedTrainer(double... losses) {
      this.losses = losses;
    }

    @Override
    public Evaluation accumulate(
        Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
      float[] hidden = ((HiddenState) state).hidden();
      statesSeen.add(hidden[0]++);
      predictionsAskedFor.add(predictions);
      double loss = losses[(statesSeen.size() - 1) % losses.length];
      return new Evaluation(loss * batch.predictions(), batch.predictions());
    }

    @Override
    public double update(double learningRate) {
      ratesSeen.add(learningRate);
      return 3.5;
    }

    @Override
    public Parameters gradient() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void add(Parameters gradient) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      throw new UnsupportedOperationException();
    }

    @Override
    public OptimizerState optimizerState() {
      return new OptimizerState(statesSeen.size(), Map.of());
    }

    @Override
    public void restore(OptimizerState state) {
      assertThat(state.steps()).isEqualTo(statesSeen.size());
      restored = state;
    }

    @Override
    public void close() {}
  }

  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<TrainingEvent> events = new ArrayList<>();
  private final TrainingListener collect =
      event -> {
        events.add(event);
        if (event instanceof TrainingEvent.EpochDone done) {
          epochs.add(done.result());
        }
      };

  private static TrainingLoop loop(
      Sampler sampler, Trainer trainer, int batchSize, TrainingSpec spec) {
    Dropout none = new Dropout(MODEL, Dropout.Kind.EACH, new RandomStreams(1));
    TrainingSteps steps =
        new ShardedSteps(
            sampler,
            none,
            trainer,
            Shard.of(batchSize, spec.shards()),
            rows -> HiddenState.zero(MODEL, rows));
    return new TrainingLoop(sampler, steps, spec);
  }

  /** 13 characters in batches of 2 times 3: two batches per epoch. */
  private boolean train(
      ScriptedTrainer trainer,
      int count,
      SamplerSpec.Type type,
      boolean carry,
      BooleanSupplier stop) {
    TrainingSpec spec =
        new TrainingSpec(count, new Sgd(0.5, 0), null, null, new Constant(), 1, 1, null);
    return loop(
            new SamplerSpec(type, 2, 3, carry)
                .over(TextCorpus.of("test", "abcdefghijklmn"), new RandomStreams(1)),
            trainer,
            2,
            spec)
        .run(collect, stop);
  }

  @Test
  void clearsOrCarriesTheStateAsTheSamplerSays() {
    ScriptedTrainer random = new ScriptedTrainer(1);
    train(random, 2, SamplerSpec.Type.RANDOM, false, () -> false);
    assertThat(random.statesSeen).containsExactly(0f, 0f, 0f, 0f);
    ScriptedTrainer consecutive = new ScriptedTrainer(1);
    train(consecutive, 2, SamplerSpec.Type.CONSECUTIVE, false, () -> false);
    assertThat(consecutive.statesSeen).containsExactly(0f, 1f, 0f, 1f);
    ScriptedTrainer carried = new ScriptedTrainer(1);
    train(carried, 2, SamplerSpec.Type.CONSECUTIVE, true, () -> false);
    assertThat(carried.statesSeen).containsExactly(0f, 1f, 2f, 3f);
  }

  @Test
  void reportsPerplexityOfTheMeanLoss() {
    assertThat(train(new ScriptedTrainer(1, 3), 1, SamplerSpec.Type.RANDOM, false, () -> false))
        .isTrue();
    EpochResult epoch = epochs.get(0);
    assertThat(epoch.epoch()).isEqualTo(1);
    assertThat(epoch.loss()).isEqualTo(2);
    assertThat(epoch.perplexity()).isEqualTo(Math.exp(2));
    assertThat(epoch.gradientNorm()).isEqualTo(3.5);
    assertThat(epoch.learningRate()).isEqualTo(0.5);
    assertThat(epoch.charactersPerSecond()).isCloseTo(12 / epoch.seconds(), within(1e-6));
  }

  private static TrainingLoop loop(ScriptedTrainer trainer, ScheduleSpec schedule) {
    return loop(
        new SamplerSpec(SamplerSpec.Type.RANDOM, 2, 3, false)
            .over(TextCorpus.of("test", "abcdefghijklmn"), new RandomStreams(1)),
        trainer,
        2,
        new TrainingSpec(4, new Sgd(8, 0), null, null, schedule, 1, 1, null));
  }

  /** Validations that never get better halve the rate after each epoch but the first. */
  @Test
  void theRateFollowsTheValidationsAlsoThoseBeforeAStop() {
    ScriptedTrainer trainer = new ScriptedTrainer(1);
    TrainingLoop loop =
        loop(trainer, new Plateau(0.5, 0)).validatedBy(stop -> new Evaluation(7, 7));
    loop.run(collect, () -> false);
    assertThat(trainer.ratesSeen).containsExactly(8.0, 8.0, 8.0, 8.0, 4.0, 4.0, 2.0, 2.0);

    ScriptedTrainer resumed = new ScriptedTrainer(1);
    TrainingLoop second =
        loop(resumed, new Plateau(0.5, 0)).validatedBy(stop -> new Evaluation(7, 7));
    OptimizerState remembered = new OptimizerState(0, Map.of());
    second.resume(
        new TrainingState(4, EpochTotals.NONE, HiddenState.zero(MODEL, 2), remembered),
        epochs.subList(0, 3));
    assertThat(second.epoch()).isEqualTo(4);
    assertThat(resumed.restored).isSameAs(remembered);
    second.run(collect, () -> false);
    assertThat(resumed.ratesSeen).containsExactly(2.0, 2.0);
  }

  @Test
  void anEpochAddsUpItsSteps() {
    EpochTotals totals =
        EpochTotals.NONE
            .plus(new StepResult(2, 3), 1, 10, 0.5)
            .plus(new StepResult(1, 4), 2, 20, 0.25);
    assertThat(totals).isEqualTo(new EpochTotals(3, 40, 30, 7, 0.75));
    assertThat(totals.evaluation()).isEqualTo(new Evaluation(40, 30));
  }

  @Test
  void goesOnWhenOnlyThePerplexityOverflows() {
    assertThat(train(new ScriptedTrainer(1000), 2, SamplerSpec.Type.RANDOM, false, () -> false))
        .isTrue();
    assertThat(epochs).hasSize(2);
    assertThat(epochs.get(1).perplexity()).isInfinite();
    assertThat(epochs.get(1).loss()).isEqualTo(1000);
  }

  @Test
  void stopsWhenTheLossIsNotFinite() {
    assertThatThrownBy(
            () ->
                train(
                    new ScriptedTrainer(1, 1, 1, Double.NaN),
                    9,
                    SamplerSpec.Type.RANDOM,
                    false,
                    () -> false))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("epoch 2, batch 2")
        .hasMessageContaining("learning rate 0.5")
        .hasMessageContaining("gradient norm 3.5");
    assertThat(epochs).hasSize(1);
  }

  @Test
  void stopsAfterTheBatchWhenAsked() {
    ScriptedTrainer trainer = new ScriptedTrainer(1);
    boolean finished =
        train(trainer, 5, SamplerSpec.Type.RANDOM, false, () -> trainer.statesSeen.size() == 3);
    assertThat(finished).isFalse();
    assertThat(trainer.statesSeen).hasSize(3);
    assertThat(epochs).hasSize(1);
  }

  @Test
  void clipsByTheNormAlone() {
    TrainingSpec clipped = new TrainingSpec(1, Sgd.DEFAULT, 0.01, null, new Constant(), 1, 1, null);
    assertThat(clipped.clipFactor(0.02)).isEqualTo(0.5);
    assertThat(clipped.clipFactor(0.01)).isEqualTo(1);
    assertThat(clipped.clipFactor(0)).isEqualTo(1);
    TrainingSpec free = new TrainingSpec(1, Sgd.DEFAULT, null, null, new Constant(), 1, 1, null);
    assertThat(free.clipFactor(1e30)).isEqualTo(1);
  }

  /** Four epochs of two batches; the losses are those of the steps. */
  private TrainingLoop loop(ScriptedTrainer trainer) {
    return loop(
            new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 2, 3, true)
                .over(TextCorpus.of("test", "abcdefghijklmn"), new RandomStreams(1)),
            trainer,
            2,
            new TrainingSpec(
                4, new Sgd(0.5, 0), null, null, new ScheduleSpec.Plateau(0.5, 0), 1, 1, null))
        .validatedBy(stop -> new Evaluation(trainer.statesSeen.size(), 1))
        .previewedBy((epoch, last, stop) -> List.of(new Preview(epoch, "a", "b")));
  }

  /** Without what time took. */
  private static List<List<Object>> timeless(List<EpochResult> results) {
    return results.stream()
        .map(
            result ->
                List.<Object>of(
                    result.epoch(),
                    result.loss(),
                    result.gradientNorm(),
                    result.learningRate(),
                    String.valueOf(result.validationPerplexity())))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void goesOnAsIfItHadNeverStopped(int stopAfter) {
    assertThat(loop(new ScriptedTrainer(1, 2, 3, 4, 5, 6, 7, 8)).run(collect, () -> false))
        .isTrue();
    List<List<Object>> whole = timeless(epochs);
    epochs.clear();

    ScriptedTrainer trainer = new ScriptedTrainer(1, 2, 3, 4, 5, 6, 7, 8);
    TrainingLoop stopped = loop(trainer);
    assertThat(stopped.run(collect, () -> trainer.statesSeen.size() == stopAfter)).isFalse();
    TrainingLoop resumed = loop(trainer);
    resumed.resume(stopped.state(), epochs);
    assertThat(resumed.run(collect, () -> false)).isTrue();
    assertThat(timeless(epochs)).isEqualTo(whole);
    assertThat(trainer.statesSeen).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
    assertThat(resumed.isDone()).isTrue();
  }

  /** Five batches of an epoch in groups of two: two updates, and one of the batch that is left. */
  @Test
  void accumulatesBatchesAndUpdatesOnceForEachGroup() {
    ScriptedTrainer trainer = new ScriptedTrainer(1, 2, 3, 5, 9);
    TrainingSpec spec =
        new TrainingSpec(
            2, new Sgd(0.5, 0), null, null, new ScheduleSpec.Linear(0, 0, 2), 2, 1, null);
    List<TrainingEvent.StepTaken> steps = new ArrayList<>();
    TrainingLoop loop =
        loop(
            new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 1, 2, true)
                .over(TextCorpus.of("test", "abcdefghijk"), new RandomStreams(1)),
            trainer,
            1,
            spec);
    boolean ended =
        loop.run(
            event -> {
              collect.on(event);
              if (event instanceof TrainingEvent.StepTaken step) {
                steps.add(step);
              }
            },
            () -> false);
    assertThat(ended).isTrue();
    assertThat(trainer.predictionsAskedFor).containsExactly(4L, 4L, 4L, 4L, 2L, 4L, 4L, 4L, 4L, 2L);
    assertThat(trainer.ratesSeen).hasSize(6);
    assertThat(trainer.ratesSeen.get(3)).isCloseTo(0.25, within(1e-12));
    assertThat(steps).extracting(TrainingEvent.StepTaken::batch).containsExactly(2, 4, 5, 2, 4, 5);
    assertThat(steps)
        .extracting(step -> step.result().loss())
        .containsExactly(1.5, 4.0, 9.0, 1.5, 4.0, 9.0);
    assertThat(epochs).extracting(EpochResult::loss).containsExactly(4.0, 4.0);
    assertThat(epochs).extracting(EpochResult::gradientNorm).containsExactly(3.5, 3.5);
    assertThat(epochs.get(1).learningRate()).isEqualTo(trainer.ratesSeen.get(5));
  }

  /** A training with these validation perplexities after the epochs. */
  private static TrainingLoop validated(TrainingSpec spec, double... perplexities) {
    Iterator<Double> validation = Arrays.stream(perplexities).iterator();
    return loop(
            new SamplerSpec(SamplerSpec.Type.RANDOM, 2, 3, false)
                .over(TextCorpus.of("test", "abcdefghijklmn"), new RandomStreams(1)),
            new ScriptedTrainer(1),
            2,
            spec)
        .validatedBy(stop -> new Evaluation(Math.log(validation.next()), 1));
  }

  /** Trains with these validation perplexities after the epochs; returns those that were better. */
  private List<Integer> improved(TrainingSpec spec, double... perplexities) {
    List<Integer> improved = new ArrayList<>();
    boolean ended = validated(spec, perplexities).run(collect, () -> false);
    for (TrainingEvent event : events) {
      if (event instanceof TrainingEvent.Validated validated && validated.best()) {
        improved.add(validated.epoch());
      }
    }
    assertThat(ended).isTrue();
    return improved;
  }

  @Test
  void tellsWhichEpochsAreTheBestByValidation() {
    TrainingSpec spec =
        new TrainingSpec(5, new Sgd(0.5, 0), null, null, new Constant(), 1, 1, null);
    assertThat(improved(spec, 9, 8, 8, 10, 7)).containsExactly(1, 2, 5);
    assertThat(epochs.get(3).validationPerplexity()).isCloseTo(10, within(1e-12));
  }

  @Test
  void stopsAfterSoManyEpochsWithoutABetterOne() {
    TrainingSpec spec = new TrainingSpec(99, new Sgd(0.5, 0), null, null, new Constant(), 1, 1, 2);
    assertThat(improved(spec, 9, 10, 8, 8, 9)).containsExactly(1, 3);
    assertThat(epochs).hasSize(5);
  }

  @Test
  void lowersTheLearningRateByTheSchedule() {
    TrainingSpec spec =
        new TrainingSpec(
            4, new Sgd(8, 0), null, null, new ScheduleSpec.Step(0.5, 1, 3), 1, 1, null);
    improved(spec, 1, 1, 1, 1);
    assertThat(epochs).extracting(EpochResult::learningRate).containsExactly(8.0, 8.0, 4.0, 2.0);
  }

  @Test
  void tellsEachStepAndWhatFollowsAnEpoch() {
    loop(new ScriptedTrainer(1, 3)).run(collect, () -> false);
    assertThat(events.get(1))
        .isInstanceOfSatisfying(
            TrainingEvent.StepTaken.class,
            step -> {
              assertThat(step.epoch()).isEqualTo(1);
              assertThat(step.batch()).isEqualTo(2);
              assertThat(step.batches()).isEqualTo(2);
              assertThat(step.result()).isEqualTo(new StepResult(3, 3.5));
              assertThat(step.learningRate()).isEqualTo(0.5);
              assertThat(step.soFar().evaluation().loss()).isEqualTo(2);
            });
    assertThat(events.subList(2, 5))
        .hasExactlyElementsOfTypes(
            TrainingEvent.Validated.class,
            TrainingEvent.Previewed.class,
            TrainingEvent.EpochDone.class);
  }

  /** The epochs after which a loop is told that the training ends. */
  private static TrainingLoop.Previews lastOnes(List<Integer> lastEpochs) {
    return (epoch, last, stop) -> {
      if (last) {
        lastEpochs.add(epoch);
      }
      return List.of();
    };
  }

  @Test
  void theLastEpochIsToldAsSuchEvenWhereItHasNoTexts() {
    List<Integer> lastEpochs = new ArrayList<>();
    loop(new ScriptedTrainer(1, 3)).previewedBy(lastOnes(lastEpochs)).run(collect, () -> false);
    assertThat(lastEpochs).containsExactly(4);
    assertThat(events)
        .filteredOn(TrainingEvent.Previewed.class::isInstance)
        .containsExactly(new TrainingEvent.Previewed(epochs.get(3), List.of()));
  }

  @Test
  void theEpochThatPatienceEndsWithIsTheLast() {
    List<Integer> lastEpochs = new ArrayList<>();
    TrainingSpec spec = new TrainingSpec(99, new Sgd(0.5, 0), null, null, new Constant(), 1, 1, 2);
    validated(spec, 9, 10, 8, 8, 9).previewedBy(lastOnes(lastEpochs)).run(collect, () -> false);
    assertThat(lastEpochs).containsExactly(5);
  }

  /** A stop within validation or previews leaves an epoch that whoever resumes completes. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void completesAnEpochThatWasStoppedAfterItsBatches(boolean inValidation) {
    ScriptedTrainer trainer = new ScriptedTrainer(1, 2, 3, 4, 5, 6, 7, 8);
    TrainingLoop stopped = loop(trainer);
    if (inValidation) {
      stopped.validatedBy(stop -> null);
    } else {
      stopped.previewedBy((epoch, last, stop) -> null);
    }
    assertThat(stopped.run(collect, () -> false)).isFalse();
    assertThat(epochs).isEmpty();
    assertThat(stopped.state().epoch()).isEqualTo(1);
    assertThat(stopped.state().totals().batches()).isEqualTo(2);
    TrainingLoop resumed = loop(trainer);
    resumed.resume(stopped.state(), epochs);
    assertThat(resumed.run(collect, () -> false)).isTrue();
    assertThat(epochs).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
    assertThat(epochs.get(0).loss()).isEqualTo(1.5);
    assertThat(trainer.statesSeen).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
  }
}
