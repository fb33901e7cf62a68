package io.github.lyricist.originality;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusParts;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The text that a model was trained on. */
public final class TrainingText {
  /** What stands between stretches that the model never read as one. */
  public static final int BREAK = -1;

  private static final int BLOCK = 1 << 16;

  private final Corpus corpus;

  private TrainingText(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Opens it.
   *
   * @param runDirectory of the model
   * @param experiment of the run, or null where its config is not at hand
   * @param tokenizer of the model
   * @param notice told in one line each of what is odd about the text
   * @throws InvalidInputException if the text is not there, or another than was trained on
   */
  public static TrainingText open(
      Path runDirectory,
      @Nullable ExperimentSpec experiment,
      Tokenizer tokenizer,
      Consumer<String> notice) {
    if (experiment == null) {
      throw InvalidInputException.at(
          runDirectory.toString(),
          "it is a model without a run, and does not say what it was trained on",
          "give the run directory");
    }
    if (!CorpusReader.exists(experiment.corpus())) {
      throw InvalidInputException.at(
          runDirectory.toString(),
          "the text that it was trained on should be %s, but there is nothing there"
              .formatted(experiment.corpus().source()),
          "put it back");
    }
    int batchSize = experiment.sampler().batchSize();
    CorpusParts parts =
        new CorpusReader(experiment.corpus(), batchSize, TextCache.ofUser(notice), notice)
            .read(tokenizer, unknown -> {});
    if (!parts.whole().sha256().equals(Provenance.read(runDirectory).get("corpus.sha256"))) {
      throw InvalidInputException.at(
          experiment.corpus().source(),
          "it is not the text that %s was trained on".formatted(runDirectory),
          "put that back");
    }
    return new TrainingText(parts.training());
  }

  /** How many characters it has. */
  long characters() {
    return corpus.characters();
  }

  /** Tells its characters, as far as the model knows them, in their order. */
  public void forEach(IntConsumer reader) {
    long stretch = corpus.size() / corpus.stretches();
    int[] ids = new int[BLOCK];
    for (long from = 0; from < corpus.size(); from += stretch) {
      TextDecoder decoder = corpus.tokenizer().decoder();
      for (long at = from; at < from + stretch; at += BLOCK) {
        int count = (int) Math.min(BLOCK, from + stretch - at);
        corpus.read(at, ids, 0, count);
        for (int i = 0; i < count; i++) {
          tell(decoder.next(ids[i]), reader);
        }
      }
      tell(decoder.finish(), reader);
      reader.accept(BREAK);
    }
  }

  private static void tell(String text, IntConsumer reader) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      reader.accept(text.codePointAt(i));
    }
  }
}
