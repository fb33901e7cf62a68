package io.github.lyricist.training;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Sampler.EpochBatches;
import java.util.function.BooleanSupplier;

/** Goes through the epochs: draws batches, carries or clears the hidden state, takes the steps. */
public final class TrainingLoop {
  private final Sampler sampler;
  private final Trainer trainer;
  private final HiddenState state;
  private final TrainingSpec spec;
  private final BooleanSupplier stopRequested;

  /**
   * @param state the zero state of the model being trained; the loop goes on with it
   * @param stopRequested asked after every batch; true ends the training there
   */
  public TrainingLoop(
      Sampler sampler,
      Trainer trainer,
      HiddenState state,
      TrainingSpec spec,
      BooleanSupplier stopRequested) {
    this.sampler = sampler;
    this.trainer = trainer;
    this.state = state;
    this.spec = spec;
    this.stopRequested = stopRequested;
  }

  /**
   * Trains all epochs.
   *
   * @return whether the last epoch was reached; false if a stop was requested before
   * @throws RunFailedException if the loss or the gradient stops being finite
   */
  public boolean run(TrainingListener listener) {
    for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
      if (!trainEpoch(epoch, listener)) {
        return false;
      }
    }
    return true;
  }

  private boolean trainEpoch(int epoch, TrainingListener listener) {
    double learningRate = spec.optimizer().learningRate();
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
      StepResult step = trainer.step(batch, state, learningRate);
      if (!step.isFinite()) {
        throw new RunFailedException(
            ("training diverged in epoch %d, batch %d: loss %s, learning rate %s, gradient norm %s;"
                    + " lower training.optimizer.learningRate or set training.clipNorm")
                .formatted(epoch, i + 1, step.loss(), learningRate, step.gradientNorm()));
      }
      total = total.plus(new Evaluation(step.loss() * batch.predictions(), batch.predictions()));
      gradientNorms += step.gradientNorm();
      listener.batchDone(epoch, i + 1, count);
      if (stopRequested.getAsBoolean()) {
        return false;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    listener.epochDone(
        new EpochResult(
            epoch,
            total.perplexity(),
            total.loss(),
            seconds,
            total.predictions() / seconds,
            gradientNorms / count,
            learningRate));
    return true;
  }
}
