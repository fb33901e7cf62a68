package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Split;
import org.jspecify.annotations.Nullable;

/**
 * What a corpus is cut into.
 *
 * @param training what is learned from
 * @param validation what is held out to choose by, or null
 * @param test what is held out to judge by in the end, or null
 */
public record CorpusParts(
    CorpusPart training, @Nullable CorpusPart validation, @Nullable CorpusPart test) {

  /**
   * Cuts a corpus as its spec says: at its end, or each of its streams at that stream's end; the
   * test part is the very last.
   *
   * @param batchSize B, how many streams there are
   * @throws InvalidInputException if a part would be too short to predict anything in it
   */
  public static CorpusParts of(CorpusSpec spec, Corpus whole, int batchSize) {
    int stretches = spec.split() == Split.STREAMS ? batchSize : 1;
    long distance = whole.size() / stretches;
    long test = held("corpus.test", spec.test(), distance, stretches);
    long validation = held("corpus.validation", spec.validation(), distance, stretches);
    if (distance == 0) { // shorter than a batch
      return new CorpusParts(new CorpusPart(whole, 0, whole.size()), null, null);
    }
    long training = Math.max(0, distance - validation - test);
    Cut cut = new Cut(whole, distance, stretches);
    return new CorpusParts(
        cut.part(0, training),
        validation == 0 ? null : cut.part(training, validation),
        test == 0 ? null : cut.part(training + validation, test));
  }

  /** How the stretches lie. */
  private record Cut(Corpus whole, long distance, int stretches) {
    CorpusPart part(long from, long length) {
      return new CorpusPart(whole, from, length, distance, stretches);
    }
  }

  private static long held(String key, double fraction, long distance, int stretches) {
    long held = Math.round(distance * fraction);
    if (fraction > 0 && held < 2) {
      throw InvalidInputException.ofKey(
          key,
          "it holds out %d characters%s, too few to predict one"
              .formatted(held, stretches == 1 ? "" : " of each of %d streams".formatted(stretches)),
          "hold out more, or set it to 0.0");
    }
    return held;
  }

  /** How many tokens are held out. */
  public long heldOut() {
    return (validation == null ? 0 : validation.size()) + (test == null ? 0 : test.size());
  }
}
