package io.github.lyricist.model;

import io.github.lyricist.sampling.Batch;

/**
 * A recurrent language model in an engine's memory. Not for several threads at once. After {@link
 * #close} every other method throws {@link IllegalStateException}.
 */
public interface RecurrentModel extends AutoCloseable {
  ModelSpec spec();

  /** V. */
  int vocabularySize();

  /** A copy of the parameters, by PyTorch's names. */
  Parameters parameters();

  /** The zero state for B sequences side by side. */
  default HiddenState initialState(int batchSize) {
    return HiddenState.zero(spec(), batchSize);
  }

  /**
   * Scores a batch, without dropout and without learning from it.
   *
   * @param state read as the state before the first time step; left as the one after the last
   */
  Evaluation evaluate(Batch batch, HiddenState state);

  /**
   * Reads one character of each sequence and predicts the next.
   *
   * @param ids {@code int[B]} token ids
   * @param state advanced by one time step
   * @param logits {@code float[B*V]}, written
   */
  void nextLogits(int[] ids, HiddenState state, float[] logits);

  /** Gives the engine's memory back; a second call does nothing. */
  @Override
  void close();
}
