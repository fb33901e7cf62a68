package io.github.lyricist.sampling;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.random.RandomStreams;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How a corpus is cut into batches.
 *
 * @param type random or consecutive
 * @param batchSize B
 * @param steps T
 * @param carryState with consecutive sampling, whether the hidden state is carried from epoch to
 *     epoch
 */
@RecordBuilder
public record SamplerSpec(Type type, int batchSize, int steps, boolean carryState)
    implements SamplerSpecBuilder.With {

  public static final SamplerSpec DEFAULT = new SamplerSpec(Type.RANDOM, 32, 35, false);

  private static final int MOST_EXAMPLES = Integer.MAX_VALUE - 16; // their order is one array

  /** The two ways of sampling. */
  public enum Type {
    RANDOM,
    CONSECUTIVE
  }

  public SamplerSpec {
    if (batchSize < 1) {
      throw InvalidInputException.ofKey(
          "batchSize", "found " + batchSize, "expected a whole number, at least 1");
    }
    if (steps < 1) {
      throw InvalidInputException.ofKey(
          "steps", "found " + steps, "expected a whole number, at least 1");
    }
    if ((long) batchSize * steps > 1 << 26) {
      throw InvalidInputException.ofKey(
          "steps",
          "batchSize times steps is " + (long) batchSize * steps,
          "expected at most " + (1 << 26) + " characters per batch");
    }
    if (carryState && type == Type.RANDOM) {
      throw InvalidInputException.ofKey(
          "carryState",
          "random sampling starts every batch from a zero state",
          "use type: consecutive, or carryState: false");
    }
  }

  /**
   * The sampler of this spec over a corpus.
   *
   * @throws InvalidInputException if the corpus is too short for one batch, or so long that an
   *     {@code int} can't count its examples or batches
   */
  public Sampler over(Corpus corpus, RandomStreams random) {
    long needed = (long) batchSize * steps + (type == Type.RANDOM ? 1 : batchSize);
    if (corpus.size() < needed) {
      throw InvalidInputException.at(
          corpus.source(),
          "the corpus has %,d %s, but one batch of %d times %d needs %,d"
              .formatted(corpus.size(), unit(corpus), batchSize, steps, needed),
          "give a longer text, or more of it (corpus.limit), or lower sampler.batchSize or"
              + " sampler.steps");
    }
    requireCountable(corpus);
    return switch (type) {
      case RANDOM -> new RandomSampler(corpus, batchSize, steps, random);
      case CONSECUTIVE -> new ConsecutiveSampler(corpus, batchSize, steps, carryState);
    };
  }

  private static String unit(Corpus corpus) {
    return corpus.size() == corpus.characters() ? "characters" : "tokens";
  }

  private void requireCountable(Corpus corpus) {
    long examples = (corpus.size() - 1) / steps;
    if (type == Type.RANDOM && examples > MOST_EXAMPLES) {
      throw InvalidInputException.at(
          corpus.source(),
          "random sampling shuffles at most %,d examples, but the corpus has %,d of %d %s"
              .formatted(MOST_EXAMPLES, examples, steps, unit(corpus)),
          "raise sampler.steps, set corpus.limit, or use sampler.type: consecutive");
    }
    long batches = (corpus.size() / batchSize - 1) / steps;
    if (type == Type.CONSECUTIVE && batches > Integer.MAX_VALUE) {
      throw InvalidInputException.at(
          corpus.source(),
          "an epoch has at most %,d batches, but the corpus gives %,d"
              .formatted(Integer.MAX_VALUE, batches),
          "raise sampler.batchSize or sampler.steps, or set corpus.limit");
    }
  }
}
