package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Beginning;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusPart;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.Sampler;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment has before an engine is started: the same for every engine.
 *
 * @param corpus all of the text
 * @param heldOut the part that training doesn't see, or null
 * @param sampler cuts the rest into batches
 * @param prefixes what previews begin with
 */
record Preparation(
    Corpus corpus, @Nullable Corpus heldOut, Sampler sampler, List<String> prefixes) {

  /**
   * Reads and checks what the experiment asks for.
   *
   * @param notice told in one line each of what is odd about the text, or left out of it
   * @param start has the tokenizer to start from, if it is not new
   * @throws io.github.lyricist.InvalidInputException if it can't be carried out as it was given
   */
  static Preparation of(
      ExperimentSpec spec,
      RandomStreams random,
      @Nullable SavedModel start,
      Consumer<String> notice) {
    Corpus corpus =
        start == null
            ? CorpusReader.read(spec.corpus(), notice)
            : CorpusReader.read(
                spec.corpus(),
                start.tokenizer(),
                notice,
                unknown -> notice.accept(unknown.leftOut()));
    List<String> prefixes = prefixes(spec, corpus);
    long heldOut = heldOut(spec, corpus);
    Corpus trained = new CorpusPart(corpus, 0, corpus.size() - heldOut);
    Sampler sampler = spec.sampler().over(trained, random);
    return new Preparation(
        corpus,
        heldOut == 0 ? null : new CorpusPart(corpus, trained.size(), heldOut),
        sampler,
        prefixes);
  }

  private static List<String> prefixes(ExperimentSpec spec, Corpus corpus) {
    List<String> given = spec.preview().prefixes();
    if (given == null) {
      return List.of(Beginning.of(corpus));
    }
    for (String prefix : given) {
      Generator.requireKnown(
          prefix,
          corpus.tokenizer(),
          "preview.prefixes",
          "use characters that the corpus has, or prefixes: auto");
    }
    return given;
  }

  /** How many tokens at the end are held out. */
  static long heldOut(ExperimentSpec spec, Corpus corpus) {
    double fraction = spec.corpus().validation();
    long heldOut = Math.round(corpus.size() * fraction);
    if (fraction > 0 && heldOut < 2) {
      throw InvalidInputException.ofKey(
          "corpus.validation",
          "it holds out %d characters, too few to predict one".formatted(heldOut),
          "hold out more, or set it to 0.0");
    }
    return heldOut;
  }
}
