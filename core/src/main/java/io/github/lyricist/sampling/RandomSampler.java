package io.github.lyricist.sampling;

import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * Random sampling: the corpus is cut into examples of T characters, whose order is shuffled each
 * epoch; examples that don't fill a batch are left out. Every batch starts from a zero state.
 */
final class RandomSampler implements Sampler {
  private final Corpus corpus;
  private final int batchSize;
  private final int steps;
  private final RandomStreams random;
  private final int examples;

  RandomSampler(Corpus corpus, int batchSize, int steps, RandomStreams random) {
    this.corpus = corpus;
    this.batchSize = batchSize;
    this.steps = steps;
    this.random = random;
    this.examples = Math.toIntExact((corpus.size() - 1) / steps);
  }

  @Override
  public int batchesPerEpoch() {
    return examples / batchSize;
  }

  @Override
  public double charactersPerToken() {
    return corpus.charactersPerToken();
  }

  @Override
  public EpochBatches epoch(int epoch) {
    int[] order = PermutationSampler.natural(examples);
    PermutationSampler.shuffle(random.stream(Purpose.SHUFFLE, epoch, 0), order);
    return index ->
        Batch.of(corpus, batchSize, steps, b -> (long) order[index * batchSize + b] * steps);
  }

  @Override
  public boolean startsFromZero(int epoch, int batch) {
    return true;
  }
}
