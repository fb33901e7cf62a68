package io.github.lyricist.training;

import io.github.lyricist.model.Evaluation;

/**
 * What the batches of one epoch add up to so far.
 *
 * @param batches how many were trained
 * @param crossEntropy of all their predictions, in nats
 * @param predictions how many those are
 * @param gradientNorms sum of the gradient norms of all updates, before clipping
 * @param seconds wall time of their training steps
 */
public record EpochTotals(
    int batches, double crossEntropy, long predictions, double gradientNorms, double seconds) {
  /** Of an epoch that has not begun. */
  public static final EpochTotals NONE = new EpochTotals(0, 0, 0, 0, 0);

  /** With what one step learned of so many batches. */
  EpochTotals plus(StepResult step, int newBatches, long newPredictions, double newSeconds) {
    return new EpochTotals(
        batches + newBatches,
        crossEntropy + step.loss() * newPredictions,
        predictions + newPredictions,
        gradientNorms + step.gradientNorm(),
        seconds + newSeconds);
  }

  /** How well they were predicted, as training saw them. */
  public Evaluation evaluation() {
    return new Evaluation(crossEntropy, predictions);
  }
}
