package io.github.lyricist.training;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;

/**
 * Teaches one model, a batch at a time: truncated backpropagation through time over exactly the
 * batch, gradient clipping, one optimizer step. Given the same parameters, batches and learning
 * rates, every engine takes the same steps up to rounding.
 */
public interface Trainer extends AutoCloseable {
  /**
   * One training step. When the loss or the gradient norm is not finite, the parameters stay as
   * they were.
   *
   * @param batch what to learn from
   * @param dropout what to drop in this step; read until the step returns
   * @param state read as the state before the first time step, as a constant; left as the one after
   *     the last
   * @param learningRate the optimizer's rate for this step
   */
  StepResult step(Batch batch, DropoutMasks dropout, HiddenState state, double learningRate);

  /**
   * The gradient of the mean loss over a batch in every trained parameter, before clipping. Nothing
   * changes: neither the parameters nor the state.
   */
  Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state);

  /** A copy of what the optimizer knows. */
  OptimizerState optimizerState();

  /**
   * Has the optimizer go on from what another one knew.
   *
   * @param state of a trainer of the same model and the same spec, on any engine
   */
  void restore(OptimizerState state);

  /** Gives the engine's memory back, but not the model's; a second call does nothing. */
  @Override
  void close();
}
