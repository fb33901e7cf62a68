package io.github.lyricist.sampling;

import io.github.lyricist.corpus.Corpus;

/**
 * Consecutive sampling: the corpus is laid out as a matrix {@code [B, m]}, {@code m = n / B}, and a
 * batch is T of its columns, so that sequence b of a batch continues where sequence b of the batch
 * before stopped. The hidden state is carried from batch to batch and starts from zero each epoch,
 * or with {@code carryState} only once.
 */
final class ConsecutiveSampler implements Sampler {
  private final Corpus corpus;
  private final int batchSize;
  private final int steps;
  private final boolean carryState;
  private final long rowLength;

  ConsecutiveSampler(Corpus corpus, int batchSize, int steps, boolean carryState) {
    this.corpus = corpus;
    this.batchSize = batchSize;
    this.steps = steps;
    this.carryState = carryState;
    this.rowLength = corpus.size() / batchSize;
  }

  @Override
  public int batchesPerEpoch() {
    return Math.toIntExact((rowLength - 1) / steps);
  }

  @Override
  public double charactersPerToken() {
    return corpus.charactersPerToken();
  }

  @Override
  public EpochBatches epoch(int epoch) {
    return index -> Batch.of(corpus, batchSize, steps, b -> b * rowLength + (long) index * steps);
  }

  @Override
  public boolean startsFromZero(int epoch, int batch) {
    return batch == 0 && (epoch == 1 || !carryState);
  }
}
