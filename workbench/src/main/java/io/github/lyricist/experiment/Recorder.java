package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.CheckpointSaved;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Previewed;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import io.github.lyricist.training.TrainingEvent.Validated;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingState;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts what happens in a training into the run directory, and tells it to another listener. */
final class Recorder implements TrainingListener {
  private final ExperimentSpec spec;
  private final RunDirectory directory;
  private final Corpus corpus;
  private final RecurrentModel model;
  private final TrainingLoop loop;
  private final TrainingListener listener;
  private final Divergence divergence;
  private boolean bestIsKept;
  private long latestCheckpoint = System.nanoTime();
  private String whatIsKept;

  /**
   * @param past the epochs that the directory holds already
   * @param whatIsKept which checkpoint it holds already, for those who miss a later one
   */
  Recorder(
      ExperimentSpec spec,
      RunDirectory directory,
      Corpus corpus,
      RecurrentModel model,
      TrainingLoop loop,
      List<EpochResult> past,
      String whatIsKept,
      TrainingListener listener) {
    this.spec = spec;
    this.directory = directory;
    this.corpus = corpus;
    this.model = model;
    this.loop = loop;
    this.whatIsKept = whatIsKept;
    this.listener = listener;
    this.divergence = new Divergence(corpus.tokenizer().size());
    this.bestIsKept =
        past.stream()
            .map(EpochResult::validationPerplexity)
            .anyMatch(perplexity -> perplexity != null && Double.isFinite(perplexity));
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof Validated validated && validated.best()) {
      directory.writeModel(spec.model(), corpus.tokenizer(), model.parameters());
      bestIsKept = true;
    } else if (event instanceof Previewed previewed) {
      previewed.previews().forEach(directory::appendPreview);
    } else if (event instanceof EpochDone done) {
      directory.appendMetrics(done.result());
    }
    listener.on(event);
    if (event instanceof EpochDone done) {
      String diverged = divergence.observe(done.result());
      if (diverged != null) {
        listener.on(new Notice(diverged));
      }
    }
    if (isTimeForACheckpoint(event)) {
      checkpoint();
    }
  }

  private boolean isTimeForACheckpoint(TrainingEvent event) {
    if (event instanceof EpochDone done) {
      int every = spec.checkpoint().every();
      return every > 0 && done.result().epoch() % every == 0;
    }
    long minutes = spec.checkpoint().everyMinutes();
    return event instanceof StepTaken
        && minutes > 0
        && System.nanoTime() - latestCheckpoint >= TimeUnit.MINUTES.toNanos(minutes);
  }

  /**
   * Saves where training stands, and the weights, unless better ones by validation are kept. Once
   * training has diverged, or weights have gone beyond the finite numbers, what was saved before
   * that stays.
   *
   * @return whether that was possible
   */
  boolean checkpoint() {
    latestCheckpoint = System.nanoTime();
    if (divergence.isOn()) {
      return false;
    }
    Parameters parameters = model.parameters();
    if (!parameters.areFinite()) {
      return false;
    }
    if (!bestIsKept) {
      directory.writeModel(spec.model(), corpus.tokenizer(), parameters);
    }
    TrainingState state = loop.state();
    directory.writeCheckpoint(
        spec.model(),
        corpus.tokenizer(),
        Resumption.fixed(spec),
        corpus.sha256(),
        parameters,
        state);
    int batches = state.totals().batches();
    whatIsKept = describe(batches == 0 ? state.epoch() - 1 : state.epoch());
    listener.on(new CheckpointSaved(state.epoch(), batches));
    return true;
  }

  /**
   * Checks how the training ended.
   *
   * @throws io.github.lyricist.training.DivergedException if it ended far worse than guessing
   */
  void requireNotDiverged() {
    divergence.requireOver();
  }

  private String describe(int epoch) {
    if (epoch == 0) {
      return "the weights kept are those that training started from";
    }
    return bestIsKept
        ? "the checkpoint kept is that of epoch " + epoch
        : "the weights kept are those of epoch " + epoch;
  }

  /** Which checkpoint the directory holds, for those who miss a later one. */
  String whatIsKept() {
    return whatIsKept;
  }
}
