package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Beginning;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusParts;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.TextCache;
import io.github.lyricist.generation.Prefix;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.Sampler;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment has before an engine is started: the same for every engine.
 *
 * @param parts the text, what of it is trained on, and what is held out
 * @param sampler cuts the former into batches
 * @param prefixes what previews begin with
 */
record Preparation(CorpusParts parts, Sampler sampler, List<String> prefixes) {

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
    CorpusReader reader =
        new CorpusReader(
            spec.corpus(), spec.sampler().batchSize(), TextCache.ofUser(notice), notice);
    return of(spec, reader, random, start, notice);
  }

  /**
   * The same with what another reader reads.
   *
   * @throws io.github.lyricist.InvalidInputException if it can't be carried out as it was given
   */
  static Preparation of(
      ExperimentSpec spec,
      CorpusReader reader,
      RandomStreams random,
      @Nullable SavedModel start,
      Consumer<String> notice) {
    CorpusParts parts =
        start == null
            ? reader.read()
            : reader.read(start.tokenizer(), unknown -> notice.accept(unknown.sentence()));
    Sampler sampler = spec.sampler().over(parts.training(), random);
    return new Preparation(parts, sampler, prefixes(spec, parts.whole()));
  }

  /** All of the text. */
  Corpus corpus() {
    return parts.whole();
  }

  private static List<String> prefixes(ExperimentSpec spec, Corpus corpus) {
    List<String> given = spec.preview().prefixes();
    if (given == null) {
      return List.of(Beginning.of(corpus));
    }
    for (String prefix : given) {
      Prefix.requireKnown(
          prefix,
          corpus.tokenizer(),
          "preview.prefixes",
          "use characters that the corpus has, or prefixes: auto");
    }
    return given;
  }
}
