package io.github.lyricist.training;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Sampler.EpochBatches;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the epochs: draws batches and dropout masks, carries or clears the hidden state,
 * takes the steps, scores the held-out text.
 */
public final class TrainingLoop {
  private final Sampler sampler;
  private final Trainer trainer;
  private final HiddenState state;
  private final TrainingSpec spec;
  private final Dropout dropout;
  private final @Nullable Supplier<Evaluation> validation;
  private final BooleanSupplier stopRequested;
  private final LearningRate learningRate;
  private final Patience patience = new Patience();
  private int epoch = 1;
  private EpochTotals totals = EpochTotals.NONE;

  /**
   * @param state the zero state of the model being trained; the loop goes on with it
   * @param validation scores the held-out text with the model as it is; null where there is none
   * @param stopRequested asked after every batch; true ends the training there
   */
  public TrainingLoop(
      Sampler sampler,
      Trainer trainer,
      HiddenState state,
      TrainingSpec spec,
      Dropout dropout,
      @Nullable Supplier<Evaluation> validation,
      BooleanSupplier stopRequested) {
    this.sampler = sampler;
    this.trainer = trainer;
    this.state = state;
    this.spec = spec;
    this.dropout = dropout;
    this.validation = validation;
    this.stopRequested = stopRequested;
    this.learningRate = new LearningRate(spec);
  }

  /**
   * Goes on from where another loop stood, as if it were that one.
   *
   * @param from what {@link #state} gave; the model has the parameters of that moment
   * @param past the results of all epochs before {@code from.epoch()}
   */
  public void resume(TrainingState from, List<EpochResult> past) {
    past.forEach(result -> observe(result.validationPerplexity()));
    epoch = from.epoch();
    totals = from.totals();
    state.set(from.hidden());
    trainer.restore(from.optimizer());
  }

  /** A copy of where the training stands; to be asked for between two batches. */
  public TrainingState state() {
    return new TrainingState(epoch, totals, state.copy(), trainer.optimizerState());
  }

  /** The epoch that is under way or begins next, from 1. */
  public int epoch() {
    return epoch;
  }

  /** Whether there is nothing to train any more. */
  public boolean isDone() {
    return epoch > spec.epochs() || hasStoppedEarly();
  }

  /**
   * Whether the validation perplexity has stayed without improvement for as long as the spec
   * allows.
   */
  public boolean hasStoppedEarly() {
    return spec.earlyStop() != null && patience.epochsWithoutBetter() >= spec.earlyStop();
  }

  /**
   * Trains until it is done.
   *
   * @return whether training came to its end; false if a stop was requested before
   * @throws RunFailedException if the loss or the gradient stops being finite
   */
  public boolean run(TrainingListener listener) {
    while (!isDone()) {
      double rate = learningRate.of(epoch);
      if (!trainBatches(rate, listener)) {
        return false;
      }
      EpochResult result = result(rate);
      boolean better = observe(result.validationPerplexity());
      epoch++;
      totals = EpochTotals.NONE;
      if (better) {
        listener.improved(result);
      }
      listener.epochDone(result);
    }
    return true;
  }

  private boolean observe(@Nullable Double validationPerplexity) {
    if (validationPerplexity == null) {
      return false;
    }
    learningRate.epochDone(validationPerplexity);
    return patience.observe(validationPerplexity);
  }

  /** Trains what is left of an epoch; returns false if a stop was requested before its end. */
  private boolean trainBatches(double rate, TrainingListener listener) {
    EpochBatches batches = sampler.epoch(epoch);
    int count = sampler.batchesPerEpoch();
    while (totals.batches() < count) {
      int i = totals.batches();
      long start = System.nanoTime();
      if (sampler.startsFromZero(epoch, i)) {
        state.clear();
      }
      Batch batch = batches.get(i);
      DropoutMasks masks = dropout.masks(epoch, i, batch.predictions());
      StepResult step = trainer.step(batch, masks, state, rate);
      requireFinite(step, epoch, i + 1, rate);
      totals = totals.plus(step, batch.predictions(), (System.nanoTime() - start) / 1e9);
      listener.batchDone(epoch, i + 1, count);
      if (stopRequested.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  private EpochResult result(double rate) {
    Evaluation total = totals.evaluation();
    return new EpochResult(
        epoch,
        total.perplexity(),
        total.loss(),
        totals.seconds(),
        totals.predictions() / totals.seconds(),
        totals.gradientNorms() / totals.batches(),
        rate,
        validation == null ? null : validation.get().perplexity());
  }

  private static void requireFinite(StepResult step, int epoch, int batch, double learningRate) {
    if (!step.isFinite()) {
      throw new RunFailedException(
          ("training diverged in epoch %d, batch %d: loss %s, learning rate %s, gradient norm %s;"
                  + " lower training.optimizer.learningRate or set training.clipNorm")
              .formatted(epoch, batch, step.loss(), learningRate, step.gradientNorm()));
    }
  }
}
