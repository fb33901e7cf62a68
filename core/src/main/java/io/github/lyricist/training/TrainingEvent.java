package io.github.lyricist.training;

import java.util.List;

/** Something that happened in a training, with its numbers. */
public sealed interface TrainingEvent {
  /**
   * Training begins, or resumes.
   *
   * @param epochs how many in all
   * @param batches of each epoch
   * @param batchesDone how many batches of all epochs were trained before
   */
  record Started(int epochs, int batches, long batchesDone) implements TrainingEvent {}

  /**
   * A step was taken.
   *
   * @param epoch from 1
   * @param batch within its epoch, from 1 to {@code batches}
   * @param batches of each epoch
   * @param result the loss and the gradient's norm
   * @param learningRate the rate of the step
   * @param soFar what the batches of the epoch add up to, this one included
   */
  record StepTaken(
      int epoch, int batch, int batches, StepResult result, double learningRate, EpochTotals soFar)
      implements TrainingEvent {}

  /**
   * The held-out text was scored after an epoch.
   *
   * @param perplexity of the held-out text
   * @param best whether none was lower before
   */
  record Validated(int epoch, double perplexity, boolean best) implements TrainingEvent {}

  /**
   * Texts were written after an epoch; comes after the last epoch of a training even where it has
   * none.
   *
   * @param result what the epoch measured
   * @param previews one for each prefix
   */
  record Previewed(EpochResult result, List<Preview> previews) implements TrainingEvent {}

  /**
   * An epoch is complete; comes after {@link Validated} and {@link Previewed} of the same epoch.
   */
  record EpochDone(EpochResult result) implements TrainingEvent {}

  /**
   * All that is needed to resume was saved.
   *
   * @param epoch the epoch that is under way or begins next
   * @param batches how many batches of it are done
   */
  record CheckpointSaved(int epoch, int batches) implements TrainingEvent {}

  /** Something worth saying, in one line. */
  record Notice(String message) implements TrainingEvent {}
}
