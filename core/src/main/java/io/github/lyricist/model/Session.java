package io.github.lyricist.model;

import io.github.lyricist.sampling.Batch;

/**
 * B sequences that are read or written with a model, with a state of their own that stays where the
 * engine computes. A model has as many sessions as are asked for, and each may be used on another
 * thread, one at a time: what a session computes does not depend on the others. While a trainer
 * changes the model's parameters, its sessions must rest. Dropout never acts here.
 */
public interface Session extends AutoCloseable {
  /** B. */
  int batchSize();

  /**
   * Reads one token of each sequence and predicts the next. The state advances by a time step.
   *
   * @param ids {@code int[B]} token ids
   * @param logits {@code float[B*V]}, written
   */
  void next(int[] ids, float[] logits);

  /**
   * Scores a batch without learning from it. The state advances by its T time steps.
   *
   * @param batch of B sequences
   */
  Evaluation evaluate(Batch batch);

  /** A copy of the state. */
  HiddenState state();

  /**
   * Continues from another state.
   *
   * @param state of the same model; as many sequences as it has are read from now on
   */
  void set(HiddenState state);

  /**
   * Continues with some of the sequences, in this order; one that is named twice is forked.
   *
   * @param rows which sequences, from 0 to B - 1; their number is the new B
   */
  void select(int... rows);

  /** Gives the engine's memory back, but not the model's; a second call does nothing. */
  @Override
  void close();
}
