package io.github.lyricist.model;

import io.github.lyricist.sampling.Batch;

/**
 * A recurrent language model in an engine's memory: the parameters. What reads or writes with them
 * is a {@link Session}, what changes them a {@link io.github.lyricist.training.Trainer}. After
 * {@link #close} every other method throws {@link IllegalStateException}, as do its sessions.
 */
public interface RecurrentModel extends AutoCloseable {
  ModelSpec spec();

  /** V. */
  int vocabularySize();

  /** A copy of the parameters, by PyTorch's names. */
  Parameters parameters();

  /** The zero state for a trainer's batches of B sequences. */
  RecurrentState newState(int batchSize);

  /** A session of B sequences from the zero state. May be called by any thread. */
  Session newSession(int batchSize);

  /**
   * Reads a batch and tells what happened inside: each layer's states and gates after every time
   * step, without dropout.
   *
   * @param before the state before the first time step, of as many sequences; not changed
   */
  Trace trace(Batch batch, HiddenState before);

  /**
   * Which of the tokens read so far made a prediction: the gradient of one logit with respect to
   * what each time step read, times what it read (gradient × input: Shrikumar et al., 2016), summed
   * over the input vector. Without dropout.
   *
   * @param batch what is read; its targets are not looked at
   * @param before the state before the first time step, of as many sequences; not changed
   * @param tokens {@code int[B]}: of each sequence, the token whose logit after the last time step
   *     is explained
   * @return {@code float[T*B]}
   */
  float[] attribution(Batch batch, HiddenState before, int[] tokens);

  /** Gives the engine's memory back; a second call does nothing. */
  @Override
  void close();
}
