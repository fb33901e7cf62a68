package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.SavedModel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Looks at all that would keep an experiment from being carried out, short of training. */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Checks the text, the prefixes, the model to start from, the engine, its device, and the memory.
   *
   * @param notice told in one line each of what is odd
   * @throws io.github.lyricist.InvalidInputException as {@link Experiment#run} would
   */
  public static void of(ExperimentSpec spec, BackendRegistry backends, Consumer<String> notice) {
    int vocabularySize = vocabularySize(spec, notice);
    int threads = Threads.orCores(spec.threads());
    Threads.notice(threads).ifPresent(notice);
    try (Backend backend = backends.get(spec.backend()).open(spec.device(), threads)) {
      new MemoryCheck(backend, spec, vocabularySize).require();
      backend.notices().forEach(notice);
    }
  }

  /**
   * Checks what needs no engine.
   *
   * @param notice told in one line each of what is odd
   * @throws io.github.lyricist.InvalidInputException as {@link Experiment#run} would
   */
  public static void withoutEngine(ExperimentSpec spec, Consumer<String> notice) {
    vocabularySize(spec, notice);
  }

  private static int vocabularySize(ExperimentSpec spec, Consumer<String> notice) {
    SavedModel from = spec.from() == null ? null : SavedModel.open(Path.of(spec.from()));
    return Preparation.of(spec, new RandomStreams(spec.seed()), from, notice)
        .corpus()
        .tokenizer()
        .size();
  }
}
