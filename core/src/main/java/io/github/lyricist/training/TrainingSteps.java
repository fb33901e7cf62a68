package io.github.lyricist.training;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;

/**
 * Takes the steps of a {@link TrainingLoop}, with all that they need and leave: batches, dropout
 * masks, the state that is carried, the optimizer.
 */
public interface TrainingSteps extends AutoCloseable {

  /**
   * What a step measured.
   *
   * @param predicted how well its batches were predicted, before the update
   * @param gradientNorm Euclidean norm of the gradient over all trained parameters, before clipping
   */
  record Measured(Evaluation predicted, double gradientNorm) {}

  /**
   * Takes one step along the gradient of the mean over some batches of an epoch. Where a number is
   * not finite, the parameters stay as they were.
   *
   * @param epoch from 1
   * @param first the first batch, from 0
   * @param end the one after the last
   * @param learningRate the optimizer's rate for this step
   */
  Measured take(int epoch, int first, int end, double learningRate);

  /** A copy of the state that the last batch left. */
  HiddenState hidden();

  /** A copy of what the optimizer knows. */
  OptimizerState optimizerState();

  /**
   * Continues from where other steps stood.
   *
   * @param hidden the state that the last batch left
   * @param optimizer what the optimizer knew
   */
  void restore(HiddenState hidden, OptimizerState optimizer);

  /** Gives back what the engine keeps for the steps, but neither trainer nor model. */
  @Override
  void close();
}
