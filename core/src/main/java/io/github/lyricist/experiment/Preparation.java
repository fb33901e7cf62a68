package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusPart;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sampling.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment has before an engine is started: the same for every engine.
 *
 * @param corpus all of the text
 * @param heldOut the part that training doesn't see, or null
 * @param sampler cuts the rest into batches
 * @param initial the parameters to start from
 */
record Preparation(Corpus corpus, @Nullable Corpus heldOut, Sampler sampler, Parameters initial) {

  /**
   * Reads, checks and draws what the experiment asks for.
   *
   * @param start has the vocabulary and the parameters to start from, if they are not new
   * @throws io.github.lyricist.InvalidInputException if it can't be carried out as it was given
   */
  static Preparation of(ExperimentSpec spec, RandomStreams random, @Nullable SavedModel start) {
    Corpus corpus =
        start == null
            ? CorpusReader.read(spec.corpus())
            : CorpusReader.read(spec.corpus(), start.vocabulary());
    for (String prefix : spec.preview().prefixes()) {
      Generator.requireKnown(prefix, corpus.vocabulary(), "preview.prefixes");
    }
    int heldOut = (int) Math.round(corpus.size() * spec.corpus().validation());
    Corpus trained = new CorpusPart(corpus, 0, corpus.size() - heldOut);
    Sampler sampler = spec.sampler().over(trained, random);
    int vocabularySize = corpus.vocabulary().size();
    MemoryNeed.check(spec, vocabularySize);
    Parameters initial =
        start == null
            ? spec.initialization().draw(spec.model(), vocabularySize, random)
            : start.parameters();
    return new Preparation(
        corpus,
        spec.corpus().validation() == 0 ? null : new CorpusPart(corpus, trained.size(), heldOut),
        sampler,
        initial);
  }
}
