package io.github.lyricist.training;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Sampler.EpochBatches;
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
   * Trains all epochs, or until the validation perplexity has stayed without improvement for as
   * long as the spec allows.
   *
   * @return whether training came to its end; false if a stop was requested before
   * @throws RunFailedException if the loss or the gradient stops being finite
   */
  public boolean run(TrainingListener listener) {
    for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
      EpochResult result = trainEpoch(epoch, listener);
      if (result == null) {
        return false;
      }
      boolean better = observe(result.validationPerplexity());
      listener.epochDone(result);
      if (better) {
        listener.improved(result);
      }
      if (spec.earlyStop() != null && patience.epochsWithoutBetter() >= spec.earlyStop()) {
        return true;
      }
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

  /** Trains one epoch; null if a stop was requested before its end. */
  private @Nullable EpochResult trainEpoch(int epoch, TrainingListener listener) {
    double rate = learningRate.of(epoch);
    EpochBatches batches = sampler.epoch(epoch);
    int count = sampler.batchesPerEpoch();
    Evaluation total = Evaluation.NONE;
    double gradientNorms = 0;
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (sampler.startsFromZero(epoch, i)) {
        state.clear();
      }
      Batch batch = batches.get(i);
      DropoutMasks masks = dropout.masks(epoch, i, batch.predictions());
      StepResult step = trainer.step(batch, masks, state, rate);
      requireFinite(step, epoch, i + 1, rate);
      total = total.plus(new Evaluation(step.loss() * batch.predictions(), batch.predictions()));
      gradientNorms += step.gradientNorm();
      listener.batchDone(epoch, i + 1, count);
      if (stopRequested.getAsBoolean()) {
        return null;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new EpochResult(
        epoch,
        total.perplexity(),
        total.loss(),
        seconds,
        total.predictions() / seconds,
        gradientNorms / count,
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
