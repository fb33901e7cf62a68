package io.github.lyricist.experiment;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.backend.Use;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.Trainer;
import java.util.function.Supplier;

/**
 * All that it takes to take an experiment's steps.
 *
 * @param spec the experiment
 * @param backend the engine
 * @param sampler cuts the text into batches
 * @param dropout draws what is dropped
 * @param model the model on the engine
 * @param trainer teaches it
 */
public record Learning(
    ExperimentSpec spec,
    Backend backend,
    Sampler sampler,
    Dropout dropout,
    RecurrentModel model,
    Trainer trainer)
    implements AutoCloseable {

  /**
   * Starts the engine with a model to be trained.
   *
   * @param initial the parameters that it begins from, asked for once the engine is known to hold
   *     them
   * @throws io.github.lyricist.InvalidInputException if there is no such engine, or too little
   *     memory
   */
  static Learning begin(
      ExperimentSpec spec,
      Preparation prepared,
      BackendRegistry backends,
      Supplier<Parameters> initial) {
    Backend backend =
        backends.get(spec.backend()).open(spec.device(), Threads.orCores(spec.threads()));
    try {
      new MemoryCheck(backend, spec, prepared.corpus().tokenizer().size()).require();
      RecurrentModel model = backend.createModel(spec.model(), initial.get(), Use.TRAINING);
      return new Learning(
          spec,
          backend,
          prepared.sampler(),
          new Dropout(spec.model(), spec.dropoutKind(), new RandomStreams(spec.seed())),
          model,
          backend.createTrainer(model, spec.training()));
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
    backend.close();
  }
}
