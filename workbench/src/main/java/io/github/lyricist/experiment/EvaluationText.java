package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusPart;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import io.github.lyricist.corpus.CorpusSpec.UnknownCharacters;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The text that a trained model is to be judged by. */
public final class EvaluationText {
  private EvaluationText() {}

  /**
   * Reads a text as the model's own corpus was read, or that corpus: where a part was held out,
   * that part. What the model doesn't know is left out.
   *
   * @param source the text, relative to the current folder; or null for the run's own
   * @param experiment of the run, or null where it is not known
   * @param notice told in one line which characters are left out, if any are
   * @throws InvalidInputException if there is no such text
   */
  public static Corpus read(
      @Nullable String source,
      @Nullable ExperimentSpec experiment,
      Tokenizer tokenizer,
      Consumer<String> notice) {
    if (source != null) {
      Newlines newlines = experiment == null ? newlines(tokenizer) : experiment.corpus().newlines();
      CorpusSpec text = new CorpusSpec(source, newlines, null, 0, UnknownCharacters.DROP);
      return CorpusReader.read(text.resolvedAgainst(Path.of("")), tokenizer, notice);
    }
    if (experiment == null) {
      throw InvalidInputException.at(
          "--corpus", "the model comes without a text", "name one to judge it by");
    }
    Corpus whole = CorpusReader.read(experiment.corpus(), tokenizer, notice);
    long heldOut = Preparation.heldOut(experiment, whole);
    return heldOut == 0 ? whole : new CorpusPart(whole, whole.size() - heldOut, heldOut);
  }

  /** A model that knows no line ends was trained on a text in which they had become spaces. */
  private static Newlines newlines(Tokenizer tokenizer) {
    return tokenizer.knows("\n") ? Newlines.KEEP : Newlines.SPACE;
  }
}
