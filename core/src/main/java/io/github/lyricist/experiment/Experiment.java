package io.github.lyricist.experiment;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.ExperimentSpec.Preview;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.experiment.Progress.PreviewText;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Carries out one experiment: corpus to batches, an engine's model trained on them, results kept.
 */
public final class Experiment {
  private final ExperimentSpec spec;
  private final BackendRegistry backends;
  private final Progress progress;
  private final BooleanSupplier stopRequested;

  /**
   * @param stopRequested asked after every batch; true ends the run there, its results kept
   */
  public Experiment(
      ExperimentSpec spec,
      BackendRegistry backends,
      Progress progress,
      BooleanSupplier stopRequested) {
    this.spec = spec;
    this.backends = backends;
    this.progress = progress;
    this.stopRequested = stopRequested;
  }

  /**
   * Trains, and writes a run directory. Whatever can be found wrong is found before the directory
   * is made.
   *
   * @return how the run ended: finished or interrupted
   * @throws InvalidInputException if the experiment can't be carried out as it was given
   * @throws io.github.lyricist.RunFailedException if it failed midway; what it had is kept
   */
  public Status run(Path folder) {
    NotAvailableYet.check(spec);
    RunDirectory.requireUsable(folder);
    RandomStreams random = new RandomStreams(spec.seed());
    Corpus corpus = CorpusReader.read(spec.corpus());
    for (String prefix : spec.preview().prefixes()) {
      Generator.requireKnown(prefix, corpus.vocabulary(), "preview.prefixes");
    }
    Sampler sampler = spec.sampler().over(corpus, random);
    int threads =
        spec.threads() == null ? Runtime.getRuntime().availableProcessors() : spec.threads();
    MemoryNeed.check(spec.model(), corpus.vocabulary().size(), spec.sampler());
    Parameters initial =
        spec.initialization().draw(spec.model(), corpus.vocabulary().size(), random);
    try (Backend backend = backends.get(spec.backend()).open(spec.device(), threads);
        RecurrentModel model = backend.createModel(spec.model(), initial);
        Trainer trainer = backend.createTrainer(model, spec.training())) {
      progress.notice(
          "%,d characters, %,d distinct; %,d parameters; %,d batches an epoch; %s on %s, %d threads"
              .formatted(
                  corpus.size(),
                  corpus.vocabulary().size(),
                  initial.count(),
                  sampler.batchesPerEpoch(),
                  backend.version(),
                  backend.device(),
                  threads));
      TrainingLoop loop =
          new TrainingLoop(
              sampler,
              trainer,
              model.initialState(spec.sampler().batchSize()),
              spec.training(),
              stopRequested);
      try (RunDirectory directory = RunDirectory.create(folder)) {
        progress.notice("writing to " + folder);
        DeviceRequest device = DeviceRequest.parse(backend.device());
        directory.writeConfig(ConfigWriter.write(spec.on(spec.backend(), device, threads)));
        Provenance provenance =
            new Provenance(
                Build.current(),
                spec.backend(),
                backend.version(),
                backend.device(),
                threads,
                corpus,
                Instant.now(),
                null,
                Status.RUNNING);
        directory.writeProvenance(provenance);
        Status status = Status.FAILED;
        try {
          progress.started(spec.training().epochs(), sampler.batchesPerEpoch());
          boolean finished = loop.run(keeper(directory, corpus, model));
          status = finished ? Status.FINISHED : Status.INTERRUPTED;
        } finally {
          directory.writeModel(spec.model(), corpus.vocabulary(), model.parameters());
          directory.writeProvenance(provenance.ended(Instant.now(), status));
        }
        return status;
      }
    }
  }

  /** Passes on what the loop tells, and puts it into the run directory. */
  private TrainingListener keeper(RunDirectory directory, Corpus corpus, RecurrentModel model) {
    Generator generator = new Generator(model, corpus.vocabulary());
    Preview preview = spec.preview();
    return new TrainingListener() {
      @Override
      public void batchDone(int epoch, int batch, int batches) {
        progress.batchDone(epoch, batch, batches);
      }

      @Override
      public void epochDone(EpochResult result) {
        directory.appendMetrics(result);
        progress.epochDone(result);
        if (preview.every() == 0 || result.epoch() % preview.every() != 0) {
          return;
        }
        List<PreviewText> texts = new ArrayList<>();
        for (String prefix : preview.prefixes()) {
          String text = generator.generate(prefix, preview.length(), Decoding.GREEDY);
          directory.appendPreview(result.epoch(), prefix, text);
          texts.add(new PreviewText(prefix, text));
        }
        progress.previewed(result, texts);
      }
    };
  }
}
