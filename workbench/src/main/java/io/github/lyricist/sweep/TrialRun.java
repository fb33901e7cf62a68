package io.github.lyricist.sweep;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.Setting;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.experiment.EvaluationText;
import io.github.lyricist.experiment.EvaluationText.Part;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.FolderLock;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.sweep.TrialResult.Status;
import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a trial in this process, from where it stands. */
public final class TrialRun implements TrialRunner {
  private final BackendRegistry backends;
  private final Objective objective;
  private final int sharing;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;

  /**
   * @param sharing how many trials are trained at once on this machine's cores
   * @param listener told what happens
   * @param stopRequested asked now and then; true ends the training with a checkpoint
   */
  public TrialRun(
      BackendRegistry backends,
      Objective objective,
      int sharing,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    this.backends = backends;
    this.objective = objective;
    this.sharing = sharing;
    this.listener = listener;
    this.stopRequested = stopRequested;
  }

  @Override
  public @Nullable TrialOutcome train(Path config, Path folder, int epochs) {
    try {
      ExperimentSpec spec = spec(config, epochs);
      if (trained(spec, folder) == Provenance.Status.INTERRUPTED) {
        return null;
      }
      return finished(folder, objective(spec, folder));
    } catch (DivergedException e) {
      return broken(folder, Status.DIVERGED, String.valueOf(e.getMessage()));
    } catch (InvalidInputException e) {
      return broken(folder, Status.REFUSED, String.valueOf(e.getMessage()));
    } catch (RunFailedException e) {
      return broken(folder, Status.FAILED, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return broken(folder, Status.FAILED, "out of memory");
    }
  }

  private ExperimentSpec spec(Path file, int epochs) {
    Setting ofRung = new Setting("this rung", "training.epochs", "" + epochs);
    ExperimentSpec spec = ConfigReader.readOfRun(file, List.of(ofRung)).spec();
    int threads =
        spec.threads() != null ? spec.threads() : Math.max(1, Threads.orCores(null) / sharing);
    return spec.on(spec.backend(), spec.device(), threads);
  }

  private Provenance.Status trained(ExperimentSpec spec, Path folder) {
    FolderLock.awaitFree(folder); // a trial whose sweep was killed may be about to end
    Experiment experiment = new Experiment(spec, backends, listener, stopRequested);
    if (RunDirectory.canBeResumed(folder)) {
      return experiment.resume(folder);
    }
    RunDirectory.clear(folder);
    return experiment.run(folder);
  }

  private @Nullable Double objective(ExperimentSpec spec, Path folder) {
    StoredRun run = StoredRun.overview(folder);
    EpochResult last = run.last();
    EpochResult best = run.bestByValidation();
    return switch (objective) {
      case VALIDATION_PERPLEXITY -> best == null ? null : best.validationPerplexity();
      case PERPLEXITY -> last == null ? null : (Double) last.perplexity();
      case BITS_PER_CHARACTER ->
          best != null
              ? best.validationBitsPerCharacter()
              : last == null ? null : (Double) last.bitsPerCharacter();
      case TEST_PERPLEXITY -> testPerplexity(spec, folder);
    };
  }

  private double testPerplexity(ExperimentSpec spec, Path folder) {
    try (TrainedModel model =
        TrainedModel.open(
            folder,
            backends,
            spec.backend(),
            spec.device(),
            Objects.requireNonNull(spec.threads()))) {
      EvaluationText text =
          EvaluationText.read(null, Part.TEST, spec, model.tokenizer(), true, notice -> {});
      return model.evaluate(text.corpus()).perplexity();
    }
  }

  private static TrialOutcome finished(Path folder, @Nullable Double objective) {
    return objective == null || Double.isFinite(objective)
        ? new TrialOutcome(result(folder, objective, Status.FINISHED), "")
        : broken(folder, Status.DIVERGED, "its objective is " + objective);
  }

  private static TrialOutcome broken(Path folder, Status status, String reason) {
    return new TrialOutcome(result(folder, null, status), reason);
  }

  private static TrialResult result(Path folder, @Nullable Double objective, Status status) {
    if (!Files.exists(folder.resolve(Provenance.FILE))) {
      return new TrialResult(0, objective, 0, status);
    }
    StoredRun run = StoredRun.overview(folder);
    return new TrialResult(run.epochsDone(), objective, run.seconds(), status);
  }
}
