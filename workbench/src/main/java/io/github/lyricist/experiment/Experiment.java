package io.github.lyricist.experiment;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.report.Curves;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Previews;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.Scoring;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingState;
import io.github.lyricist.training.TrainingSteps;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one experiment: corpus to batches, an engine's model trained on them, results kept.
 */
public final class Experiment {
  private final ExperimentSpec spec;
  private final BackendRegistry backends;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private final UnaryOperator<Parameters> start;
  private final RandomStreams random;
  private final int threads;
  private StepsSource stepsSource = StepsSource.HERE;

  /** On the engines of the class path, telling nobody. */
  public Experiment(ExperimentSpec spec) {
    this(spec, BackendRegistry.installed(), event -> {}, () -> false);
  }

  /**
   * @param listener told what happens, on the thread that calls {@link #run} or {@link #resume}
   * @param stopRequested asked after every batch, and while the held-out text is scored and
   *     previews are written; true ends the run there, its results kept
   */
  public Experiment(
      ExperimentSpec spec,
      BackendRegistry backends,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    this(spec, backends, listener, stopRequested, UnaryOperator.identity());
  }

  /**
   * @param start what {@link #run} makes of the initial parameters before it trains
   */
  public Experiment(
      ExperimentSpec spec,
      BackendRegistry backends,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      UnaryOperator<Parameters> start) {
    this.spec = spec;
    this.backends = backends;
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.start = start;
    this.random = new RandomStreams(spec.seed());
    this.threads = Threads.orCores(spec.threads());
  }

  /** Has its steps taken elsewhere, or by others, too. */
  public Experiment withSteps(StepsSource source) {
    this.stepsSource = source;
    return this;
  }

  /**
   * Trains, and writes a run directory. Whatever can be found wrong is found before the directory
   * is made.
   *
   * @return how the run ended: finished or interrupted
   * @throws InvalidInputException if the experiment can't be carried out as it was given
   * @throws RunFailedException if it failed midway; what it had is kept
   */
  public Status run(Path folder) {
    RunDirectory.requireUsable(folder);
    SavedModel from = from();
    Preparation prepared = Preparation.of(spec, random, from, this::notice);
    return onEngine(
        folder,
        prepared,
        () -> initial(prepared, from),
        (backend, model, loop) -> {
          Announcement.of(spec, prepared, backend, threads).forEach(this::notice);
          try (RunDirectory directory = RunDirectory.create(folder)) {
            notice("writing to " + folder);
            started(prepared, 0);
            Provenance provenance = provenance(prepared, backend, Instant.now(), null);
            return train(prepared, model, loop, List.of(), directory, provenance);
          }
        });
  }

  /**
   * Resumes a run from its last checkpoint. On an engine that computes the same bits each time, it
   * ends as if it had never stopped.
   *
   * @return how the run ended: finished, perhaps before this, or interrupted
   * @throws InvalidInputException if there is no such run or no whole checkpoint, or if the corpus
   *     is not what it was
   * @throws RunFailedException if it failed midway; what it had is kept
   */
  public Status resume(Path folder) {
    try (RunDirectory directory = RunDirectory.open(folder)) {
      CheckpointFile checkpoint = CheckpointFile.open(folder);
      Resumption.requireSameExperiment(spec, checkpoint);
      TrainingState state =
          checkpoint.training(spec.training().optimizer(), spec.sampler().batchSize());
      int done = state.epoch() - 1;
      if (spec.training().epochs() < done) {
        throw InvalidInputException.ofKey(
            "training.epochs",
            "the run has %d epochs, more than %d".formatted(done, spec.training().epochs()),
            "give --epochs a larger number");
      }
      Resumption.mendModel(directory, checkpoint, this::notice);
      boolean hasEnded = Provenance.hasFinished(folder); // or it was stopped on its last steps
      if (hasEnded && spec.training().epochs() == done) {
        notice("all %d epochs are done; --epochs N trains more".formatted(done));
        drawCurves(folder);
        return Status.FINISHED;
      }
      RunText.requireInPlace(spec.corpus(), "name its new place with --corpus");
      Preparation prepared = Preparation.of(spec, random, checkpoint.model(), this::notice);
      Resumption.requireSameCorpus(prepared.corpus(), checkpoint);
      List<EpochResult> past = directory.cutBackTo(done);
      return onEngine(
          folder,
          prepared,
          checkpoint.model()::parameters,
          (backend, model, loop) -> {
            loop.resume(state, past);
            if (hasEnded && loop.hasStoppedEarly()) {
              notice("the run stopped early after epoch " + done);
              return Status.FINISHED;
            }
            Announcement.of(spec, prepared, backend, threads).forEach(this::notice);
            int batchesDone = state.totals().batches();
            notice(
                "resuming %s after %d epochs%s"
                    .formatted(
                        folder,
                        done,
                        batchesDone == 0 ? "" : " and %d batches".formatted(batchesDone)));
            long batches = (long) done * prepared.sampler().batchesPerEpoch() + batchesDone;
            started(prepared, batches);
            Provenance provenance =
                provenance(prepared, backend, Provenance.start(folder), Instant.now());
            return train(prepared, model, loop, past, directory, provenance);
          });
    }
  }

  /**
   * Trains on texts in memory, in place of the spec's sources, and leaves nothing on disk.
   *
   * @return the model as it was after the last epoch, or after the best one by validation; to be
   *     closed
   * @throws InvalidInputException if the experiment can't be carried out as it was given
   * @throws RunFailedException if it failed midway
   */
  public TrainedModel learn(List<String> texts) {
    SavedModel from = from();
    CorpusReader reader =
        CorpusReader.of(texts, spec.corpus(), spec.sampler().batchSize(), this::notice);
    Preparation prepared = Preparation.of(spec, reader, random, from, this::notice);
    Tokenizer tokenizer = prepared.corpus().tokenizer();
    Parameters learned;
    try (Learning learning =
            Learning.begin(spec, prepared, backends, () -> initial(prepared, from));
        TrainingSteps steps = StepsSource.here(learning)) {
      EngineLog.warn(learning.backend(), threads);
      Announcement.of(spec, prepared, learning.backend(), threads).forEach(this::notice);
      started(prepared, 0);
      Keeper keeper = new Keeper(learning.model(), tokenizer.size(), listener);
      loop(prepared, learning.model(), steps).run(keeper, stopRequested);
      learned = keeper.kept();
    }
    return TrainedModel.of(
        spec.model(), tokenizer, learned, backends, spec.backend(), spec.device(), threads);
  }

  private @Nullable SavedModel from() {
    return spec.from() == null ? null : SavedModel.open(Path.of(spec.from()));
  }

  private Parameters initial(Preparation prepared, @Nullable SavedModel from) {
    return start.apply(from == null ? drawn(prepared) : inTokensOf(prepared, from));
  }

  /** What is done on a started engine. */
  @FunctionalInterface
  private interface EngineWork {
    Status on(Backend backend, RecurrentModel model, TrainingLoop loop);
  }

  private Status onEngine(
      Path folder, Preparation prepared, Supplier<Parameters> initial, EngineWork work) {
    try (Learning learning = Learning.begin(spec, prepared, backends, initial);
        TrainingSteps steps = stepsSource.of(folder, learning)) {
      RecurrentModel model = learning.model();
      return work.on(learning.backend(), model, loop(prepared, model, steps));
    }
  }

  private Parameters drawn(Preparation prepared) {
    int vocabularySize = prepared.corpus().tokenizer().size();
    return spec.initialization().draw(spec.model(), vocabularySize, random);
  }

  /** The weights of a saved model, with new rows for the tokens that it doesn't have. */
  private Parameters inTokensOf(Preparation prepared, SavedModel from) {
    Tokenizer grown = prepared.corpus().tokenizer();
    return grown.size() == from.tokenizer().size()
        ? from.parameters()
        : Growth.of(from, grown, drawn(prepared));
  }

  private TrainingLoop loop(Preparation prepared, RecurrentModel model, TrainingSteps steps) {
    TrainingLoop loop =
        new TrainingLoop(prepared.sampler(), steps, spec.training())
            .previewedBy(
                new Previewer(
                    spec.preview(),
                    prepared.prefixes(),
                    model,
                    prepared.corpus().tokenizer(),
                    random));
    Corpus heldOut = prepared.parts().validation();
    return heldOut == null
        ? loop
        : loop.validatedBy(
            Scoring.inRows(heldOut, model, spec.sampler().batchSize(), spec.sampler().steps()));
  }

  private void notice(String message) {
    listener.on(new TrainingEvent.Notice(message));
  }

  private void started(Preparation prepared, long batchesDone) {
    listener.on(
        new TrainingEvent.Started(
            spec.training().epochs(), prepared.sampler().batchesPerEpoch(), batchesDone));
  }

  /**
   * @param past the epochs that the directory holds already
   */
  private Status train(
      Preparation prepared,
      RecurrentModel model,
      TrainingLoop loop,
      List<EpochResult> past,
      RunDirectory directory,
      Provenance provenance) {
    boolean isResumed = provenance.resumed() != null;
    Recorder recorder =
        new Recorder(
            spec,
            directory,
            prepared.corpus(),
            model,
            loop,
            past,
            isResumed
                ? "the checkpoint kept is the one that the run was resumed from"
                : "nothing was kept: it failed before the first checkpoint",
            listener);
    try {
      DeviceRequest device = DeviceRequest.parse(provenance.device());
      directory.writeConfig(ConfigWriter.write(spec.on(spec.backend(), device, threads)));
      directory.writeProvenance(provenance);
      directory.writeTokenizer(prepared.corpus().tokenizer());
      if (spec.tensorBoard()) {
        directory.tellTensorBoard(loop.epoch());
      }
      if (!isResumed) {
        recorder.checkpoint();
      }
      Status status = loop.run(recorder, stopRequested) ? Status.FINISHED : Status.INTERRUPTED;
      if (status == Status.FINISHED) {
        recorder.requireNotDiverged();
      }
      if (!recorder.checkpoint()) {
        notice("the weights since then are no good; " + recorder.whatIsKept());
      }
      directory.writeProvenance(provenance.ended(Instant.now(), status));
      drawCurves(directory.folder());
      return status;
    } catch (RuntimeException | Error e) {
      boolean hasDiverged = e instanceof DivergedException;
      keepFailure(directory, provenance, hasDiverged ? Status.DIVERGED : Status.FAILED, e);
      if (hasDiverged) {
        drawCurves(directory.folder());
      }
      notice(recorder.whatIsKept());
      throw e;
    }
  }

  /** What can't be drawn, or not be read again, is no reason to fail a run that was trained. */
  private void drawCurves(Path folder) {
    try {
      Curves.write(
          folder,
          spec.name(),
          Metrics.read(folder),
          Previews.read(folder).stream().map(Preview::epoch).distinct().toList());
    } catch (InvalidInputException | RunFailedException e) {
      notice("no curves: " + e.getMessage());
    }
  }

  /** Notes in the run directory how the run failed; failing at that hides nothing. */
  private static void keepFailure(
      RunDirectory directory, Provenance provenance, Status status, Throwable failure) {
    try {
      directory.writeProvenance(provenance.ended(Instant.now(), status));
    } catch (RunFailedException second) {
      failure.addSuppressed(second);
    }
  }

  private Provenance provenance(
      Preparation prepared, Backend backend, Instant start, @Nullable Instant resumed) {
    return new Provenance(
        Build.current(),
        spec.backend(),
        backend.version(),
        backend.device(),
        threads,
        Provenance.Text.of(prepared.corpus()),
        start,
        resumed,
        null,
        Status.RUNNING);
  }
}
