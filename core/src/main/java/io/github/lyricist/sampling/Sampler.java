package io.github.lyricist.sampling;

/** Cuts a corpus into the batches of each epoch. Targets are the inputs, shifted by one. */
public interface Sampler {
  /** How many batches each epoch has. */
  int batchesPerEpoch();

  /** How many characters a token of the corpus has on average. */
  double charactersPerToken();

  /**
   * The batches of one epoch. The same epoch gives the same batches, in whatever order epochs and
   * batches are asked for.
   *
   * @param epoch the epoch, from 1
   */
  EpochBatches epoch(int epoch);

  /**
   * Whether the hidden state is zero before this batch; otherwise it is the one that the batch
   * before left, without gradient.
   *
   * @param epoch the epoch, from 1
   * @param batch the batch within its epoch, from 0
   */
  boolean startsFromZero(int epoch, int batch);

  /** One epoch's batches. */
  @FunctionalInterface
  interface EpochBatches {
    /** The batch at {@code index}, from 0 to {@link #batchesPerEpoch} - 1. */
    Batch get(int index);
  }
}
