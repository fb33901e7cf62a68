package io.github.lyricist.training;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;

/**
 * Teaches one model: truncated backpropagation through time over exactly one batch, gradient
 * clipping, one optimizer step. Given the same parameters, batches and learning rates, every engine
 * takes the same steps up to rounding.
 *
 * <p>A step can be taken apart. Gradients of several batches are added up by {@link #accumulate},
 * leave the trainer by {@link #gradient}, enter another by {@link #add}, and are clipped and
 * applied once by {@link #update}. Each batch's gradient is computed alone before it is added, so
 * it makes no difference to the sum in which trainer it was computed.
 */
public interface Trainer extends AutoCloseable {
  /**
   * One training step on one batch.
   *
   * @param batch what to learn from
   * @param dropout what to drop in this step; read until the step returns
   * @param state read as the state before the first time step, as a constant; left as the one after
   *     the last
   * @param learningRate the optimizer's rate for this step
   */
  default StepResult step(
      Batch batch, DropoutMasks dropout, RecurrentState state, double learningRate) {
    Evaluation evaluation = accumulate(batch, dropout, state, batch.predictions());
    return new StepResult(evaluation.loss(), update(learningRate));
  }

  /**
   * Adds the gradient of a batch's cross-entropy, divided by {@code predictions}, to what is
   * accumulated. The parameters stay as they are.
   *
   * @param dropout what to drop; read until the call returns
   * @param state as in {@link #step}
   * @param predictions how many predictions the next update is the mean over: those of all the
   *     batches that are accumulated for it
   * @return how well the batch was predicted
   */
  Evaluation accumulate(Batch batch, DropoutMasks dropout, RecurrentState state, long predictions);

  /**
   * A copy of what is accumulated, for every trained parameter, before clipping; zeros where
   * nothing is.
   */
  Parameters gradient();

  /**
   * Adds a gradient to what is accumulated.
   *
   * @param gradient as {@link #gradient} of a trainer of the same model gives it, on any engine
   */
  void add(Parameters gradient);

  /** Forgets what is accumulated. */
  void clear();

  /**
   * Clips what is accumulated, takes one step of the optimizer along it, and forgets it. When its
   * norm, or a cross-entropy that was accumulated, is not finite, the parameters stay as they were.
   *
   * @param learningRate the optimizer's rate for this step
   * @return Euclidean norm of the gradient over all trained parameters, before clipping
   */
  double update(double learningRate);

  /** A copy of what the optimizer knows. */
  OptimizerState optimizerState();

  /**
   * Has the optimizer continue from what another one knew.
   *
   * @param state of a trainer of the same model and the same spec, on any engine
   */
  void restore(OptimizerState state);

  /** Gives the engine's memory back, but not the model's; a second call does nothing. */
  @Override
  void close();
}
