package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A corpus, and what it is cut into.
 *
 * @param whole all of the text, but for what has a text of its own
 * @param training what is learned from
 * @param validation what is held out to choose by, or null
 * @param test what is held out to judge by in the end, or null
 */
public record CorpusParts(
    Corpus whole, Corpus training, @Nullable Corpus validation, @Nullable Corpus test) {

  /** A corpus of characters or bytes, cut as its spec says. */
  static CorpusParts of(TextCorpus whole, Cut cut) {
    return new CorpusParts(
        whole,
        part(whole, cut, Cut.TRAINING),
        cut.lengths().get(Cut.VALIDATION) == 0 ? null : part(whole, cut, Cut.VALIDATION),
        cut.lengths().get(Cut.TEST) == 0 ? null : part(whole, cut, Cut.TEST));
  }

  private static CorpusPart part(TextCorpus whole, Cut cut, int part) {
    long[] starts = new long[cut.stretches()];
    for (int stretch = 0; stretch < starts.length; stretch++) {
      starts[stretch] = cut.start(stretch, part);
    }
    return new CorpusPart(whole, starts, cut.lengths().get(part), whole.charactersPerToken());
  }

  /**
   * A corpus of words or subwords, which was cut before. Stretches have so many tokens each as the
   * one with the fewest.
   *
   * @param cut where that was
   * @throws InvalidInputException if a part has too few tokens to predict one
   */
  static CorpusParts of(PieceCorpus whole, Cut cut) {
    return new CorpusParts(
        whole,
        part(whole, cut, Cut.TRAINING),
        heldOut("corpus.validation", whole, cut, Cut.VALIDATION),
        heldOut("corpus.test", whole, cut, Cut.TEST));
  }

  private static @Nullable CorpusPart heldOut(String key, PieceCorpus whole, Cut cut, int part) {
    if (cut.lengths().get(part) == 0) {
      return null;
    }
    CorpusPart heldOut = part(whole, cut, part);
    if (heldOut.size() < 2L * heldOut.stretches()) {
      throw InvalidInputException.ofKey(
          key,
          "one of its stretches has less than two tokens, too few to predict one",
          "hold out more, or set it to 0.0");
    }
    return heldOut;
  }

  private static CorpusPart part(PieceCorpus whole, Cut cut, int part) {
    long[] lengths = whole.lengths()[part];
    double characters = (double) cut.lengths().get(part) * cut.stretches();
    return new CorpusPart(
        whole,
        whole.starts()[part],
        Arrays.stream(lengths).min().orElseThrow(),
        characters / Arrays.stream(lengths).sum());
  }

  /** The same with held-out texts of their own. */
  CorpusParts withHeldOut(@Nullable Corpus ownValidation, @Nullable Corpus ownTest) {
    requireTwo("corpus.validation", ownValidation);
    requireTwo("corpus.test", ownTest);
    return new CorpusParts(
        whole,
        training,
        ownValidation == null ? validation : ownValidation,
        ownTest == null ? test : ownTest);
  }

  private static void requireTwo(String key, @Nullable Corpus own) {
    if (own != null && own.size() < 2) {
      throw InvalidInputException.ofKey(
          key, "its text has one token, too few to predict one", "give a longer one");
    }
  }

  /** Of all parts. */
  public Tokenizer tokenizer() {
    return whole.tokenizer();
  }

  /** How many tokens of the text are held out. */
  public long heldOut() {
    return heldOut(validation) + heldOut(test);
  }

  private static long heldOut(@Nullable Corpus part) {
    return part instanceof CorpusPart ? part.size() : 0;
  }
}
