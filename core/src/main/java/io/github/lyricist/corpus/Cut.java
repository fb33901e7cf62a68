package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusSpec.Split;
import java.util.List;

/**
 * Where a text is cut, in characters: into stretches, and each of those into three parts, what is
 * trained on, held out for validation, and held out for the test.
 *
 * @param distance from the beginning of a stretch to that of the next
 * @param stretches how many there are
 * @param lengths of the parts of a stretch, in their order
 */
record Cut(long distance, int stretches, List<Long> lengths) {
  static final int TRAINING = 0;
  static final int VALIDATION = 1;
  static final int TEST = 2;

  /**
   * Cuts a text as its spec says: at its end, or each of its streams at that stream's end; the test
   * part is the very last.
   *
   * @param batchSize B, how many streams there are
   * @throws InvalidInputException if a part would be too short to predict anything in it
   */
  static Cut of(CorpusSpec spec, long characters, int batchSize) {
    int stretches = spec.split() == Split.STREAMS ? batchSize : 1;
    long distance = characters / stretches;
    long test = held("corpus.test", spec.test().fraction(), distance, stretches);
    long validation = held("corpus.validation", spec.validation().fraction(), distance, stretches);
    if (distance == 0) { // shorter than a batch
      return none(characters);
    }
    long training = Math.max(0, distance - validation - test);
    return new Cut(distance, stretches, List.of(training, validation, test));
  }

  /** Nowhere: all of a text is trained on, or judged by. */
  static Cut none(long characters) {
    return new Cut(characters, 1, List.of(characters, 0L, 0L));
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

  /** Where a part of a stretch begins. */
  long start(int stretch, int part) {
    long start = stretch * distance;
    for (int before = 0; before < part; before++) {
      start += lengths.get(before);
    }
    return start;
  }
}
