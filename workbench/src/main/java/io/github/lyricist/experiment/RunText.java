package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;

/** The text of a run that was trained before. */
final class RunText {
  private RunText() {}

  /**
   * Checks that it is where it was.
   *
   * @param toName what to do where it has moved, in a few words
   */
  static void requireInPlace(CorpusSpec corpus, String toName) {
    if (!CorpusReader.exists(corpus)) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          "the run's text should be %s, but there is nothing there".formatted(corpus.source()),
          "put it back, or " + toName);
    }
  }
}
