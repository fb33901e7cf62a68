package io.github.lyricist.experiment;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.Validation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Carries out one experiment: corpus to batches, an engine's model trained on them, results kept.
 */
public final class Experiment {
  private static final int PARAMETERS_A_CHARACTER = 10;

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
    Preparation prepared = Preparation.of(spec, random);
    int threads =
        spec.threads() == null ? Runtime.getRuntime().availableProcessors() : spec.threads();
    try (Backend backend = backends.get(spec.backend()).open(spec.device(), threads);
        RecurrentModel model = backend.createModel(spec.model(), prepared.initial());
        Trainer trainer = backend.createTrainer(model, spec.training())) {
      TrainingLoop loop =
          new TrainingLoop(
              prepared.sampler(),
              trainer,
              model.initialState(spec.sampler().batchSize()),
              spec.training(),
              new Dropout(spec.model(), random),
              prepared.heldOut() == null
                  ? null
                  : new Validation(prepared.heldOut(), model, spec.sampler()),
              stopRequested);
      announce(prepared, backend, threads);
      try (RunDirectory directory = RunDirectory.create(folder)) {
        progress.notice("writing to " + folder);
        DeviceRequest device = DeviceRequest.parse(backend.device());
        directory.writeConfig(ConfigWriter.write(spec.on(spec.backend(), device, threads)));
        Provenance provenance = provenance(prepared, backend, threads);
        directory.writeProvenance(provenance);
        Keeper keeper =
            new Keeper(
                spec,
                directory,
                prepared.corpus().vocabulary(),
                model,
                prepared.initial(),
                progress);
        Status status = Status.FAILED;
        try {
          progress.started(spec.training().epochs(), prepared.sampler().batchesPerEpoch());
          status = loop.run(keeper) ? Status.FINISHED : Status.INTERRUPTED;
        } finally {
          keeper.keepWeights();
          directory.writeProvenance(provenance.ended(Instant.now(), status));
        }
        return status;
      }
    }
  }

  private Provenance provenance(Preparation prepared, Backend backend, int threads) {
    return new Provenance(
        Build.current(),
        spec.backend(),
        backend.version(),
        backend.device(),
        threads,
        prepared.corpus(),
        Instant.now(),
        null,
        Status.RUNNING);
  }

  private void announce(Preparation prepared, Backend backend, int threads) {
    long parameters =
        prepared.initial().names().stream()
            .filter(spec.model()::isTrained)
            .mapToLong(name -> prepared.initial().shape(name).size())
            .sum();
    int characters = prepared.corpus().size();
    int heldOut = prepared.heldOut() == null ? 0 : prepared.heldOut().size();
    progress.notice(
        "%,d characters%s, %,d distinct; %,d parameters; %,d batches an epoch; %s on %s, %d threads"
            .formatted(
                characters,
                heldOut == 0 ? "" : " (the last %,d held out)".formatted(heldOut),
                prepared.corpus().vocabulary().size(),
                parameters,
                prepared.sampler().batchesPerEpoch(),
                backend.version(),
                backend.device(),
                threads));
    if (parameters > (long) PARAMETERS_A_CHARACTER * characters) {
      progress.notice(
          "hint: with %,d parameters a character, the model will learn this text by heart; %s"
              .formatted(
                  parameters / characters,
                  heldOut == 0
                      ? "corpus.validation shows how it does on text that it has not seen"
                      : "for new text take a longer corpus, a smaller model or model.dropout"));
    }
  }
}
