package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.ExperimentSpec.Preview;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.experiment.Progress.PreviewText;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingListener;
import io.github.lyricist.training.TrainingLoop;
import io.github.lyricist.training.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Puts what the training loop tells into the run directory, and passes it on. */
final class Keeper implements TrainingListener {
  private final ExperimentSpec spec;
  private final RunDirectory directory;
  private final Corpus corpus;
  private final RecurrentModel model;
  private final TrainingLoop loop;
  private final Progress progress;
  private boolean bestIsKept;
  private long latestCheckpoint = System.nanoTime();
  private String whatIsKept = "the checkpoint kept is the one that the run went on from";

  /**
   * @param past the epochs that the directory holds already
   */
  Keeper(
      ExperimentSpec spec,
      RunDirectory directory,
      Corpus corpus,
      RecurrentModel model,
      TrainingLoop loop,
      List<EpochResult> past,
      Progress progress) {
    this.spec = spec;
    this.directory = directory;
    this.corpus = corpus;
    this.model = model;
    this.loop = loop;
    this.progress = progress;
    this.bestIsKept =
        past.stream()
            .map(EpochResult::validationPerplexity)
            .anyMatch(perplexity -> perplexity != null && Double.isFinite(perplexity));
  }

  @Override
  public void batchDone(int epoch, int batch, int batches) {
    progress.batchDone(epoch, batch, batches);
    long minutes = spec.checkpoint().everyMinutes();
    if (minutes > 0
        && batch < batches
        && System.nanoTime() - latestCheckpoint >= TimeUnit.MINUTES.toNanos(minutes)) {
      checkpoint();
    }
  }

  @Override
  public void improved(EpochResult result) {
    directory.writeModel(spec.model(), corpus.vocabulary(), model.parameters());
    bestIsKept = true;
  }

  @Override
  public void epochDone(EpochResult result) {
    directory.appendMetrics(result);
    progress.epochDone(result);
    if (isDue(spec.preview().every(), result.epoch())) {
      preview(result);
    }
    if (isDue(spec.checkpoint().every(), result.epoch())) {
      checkpoint();
    }
  }

  private static boolean isDue(int every, int epoch) {
    return every > 0 && epoch % every == 0;
  }

  private void preview(EpochResult result) {
    Preview preview = spec.preview();
    Generator generator = new Generator(model, corpus.vocabulary());
    List<PreviewText> texts = new ArrayList<>();
    for (String prefix : preview.prefixes()) {
      String text = generator.generate(prefix, preview.length(), Decoding.GREEDY);
      directory.appendPreview(result.epoch(), prefix, text);
      texts.add(new PreviewText(prefix, text));
    }
    progress.previewed(result, texts);
  }

  /**
   * Saves where training stands, and the weights, unless better ones by validation are kept. Once
   * weights have gone beyond the finite numbers, those from before that stay.
   *
   * @return whether that was possible
   */
  boolean checkpoint() {
    latestCheckpoint = System.nanoTime();
    Parameters parameters = model.parameters();
    if (!parameters.areFinite()) {
      return false;
    }
    if (!bestIsKept) {
      directory.writeModel(spec.model(), corpus.vocabulary(), parameters);
    }
    TrainingState state = loop.state();
    directory.writeCheckpoint(
        spec.model(), corpus.vocabulary(), corpus.sha256(), parameters, state);
    int epoch = state.totals().batches() == 0 ? state.epoch() - 1 : state.epoch();
    whatIsKept =
        epoch == 0
            ? "the weights kept are those that training started from"
            : "the %s of epoch %d"
                .formatted(
                    bestIsKept ? "checkpoint kept is that" : "weights kept are those", epoch);
    return true;
  }

  /** Which checkpoint the directory holds, for those who miss a later one. */
  String whatIsKept() {
    return whatIsKept;
  }
}
