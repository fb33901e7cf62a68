package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusPart;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text that a trained model is to be judged by.
 *
 * @param corpus what is scored
 * @param part which part of which text that is, in words
 * @param leftOut what the model doesn't know of the whole text, or null if it knows all
 */
public record EvaluationText(Corpus corpus, String part, @Nullable UnknownText leftOut) {
  private static final double MOST_UNKNOWN = 0.5;

  /**
   * Reads a text as the model's own corpus was read, or that corpus: where a part was held out,
   * that part. What the model doesn't know is left out.
   *
   * @param source the text, relative to the current folder; or null for the run's own
   * @param experiment of the run, or null where it is not known
   * @param skipUnknown whether a text is scored even where the model doesn't know most of it
   * @param notice told in one line each of what is odd about the text
   * @throws InvalidInputException if there is no such text, or too much of it is unknown
   */
  public static EvaluationText read(
      @Nullable String source,
      @Nullable ExperimentSpec experiment,
      Tokenizer tokenizer,
      boolean skipUnknown,
      Consumer<String> notice) {
    AtomicReference<@Nullable UnknownText> leftOut = new AtomicReference<>();
    CorpusSpec spec = spec(source, experiment, tokenizer);
    Corpus whole =
        CorpusReader.read(
            spec,
            tokenizer,
            notice,
            unknown -> {
              if (!skipUnknown) {
                requireMostlyKnown(unknown, spec.source());
              }
              leftOut.set(unknown);
            });
    long heldOut =
        source != null || experiment == null ? 0 : Preparation.heldOut(experiment, whole);
    Corpus scored = heldOut == 0 ? whole : new CorpusPart(whole, whole.size() - heldOut, heldOut);
    return new EvaluationText(scored, part(source, spec, heldOut), leftOut.get());
  }

  private static CorpusSpec spec(
      @Nullable String source, @Nullable ExperimentSpec experiment, Tokenizer tokenizer) {
    if (source != null) {
      Newlines newlines = experiment == null ? newlines(tokenizer) : experiment.corpus().newlines();
      return new CorpusSpec(source, newlines, null, 0, UnknownCharacters.DROP)
          .resolvedAgainst(Path.of(""));
    }
    if (experiment == null) {
      throw InvalidInputException.at(
          "--corpus", "the model comes without a text", "name one to judge it by");
    }
    RunText.requireInPlace(experiment.corpus(), "name its new place with --corpus");
    return experiment.corpus();
  }

  /** A model that knows no line ends was trained on a text in which they had become spaces. */
  private static Newlines newlines(Tokenizer tokenizer) {
    return tokenizer.knows("\n") ? Newlines.KEEP : Newlines.SPACE;
  }

  private static void requireMostlyKnown(UnknownText unknown, String source) {
    if (unknown.share() > MOST_UNKNOWN) {
      throw InvalidInputException.at(
          source,
          "the model does not know most of this text: " + unknown.description(),
          "give one in the characters that it was trained on, or score the rest all the same with"
              + " --skip-unknown");
    }
  }

  private static String part(@Nullable String source, CorpusSpec spec, long heldOut) {
    if (source != null) {
      return spec.source();
    }
    String text = "the run's own text, " + spec.source();
    if (heldOut > 0) {
      return text + ": the last %,d characters, which were held out".formatted(heldOut);
    }
    return spec.limit() == null
        ? text
        : text + ": the first %,d characters".formatted(spec.limit());
  }
}
