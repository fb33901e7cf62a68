package io.github.lyricist.experiment;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.ExperimentSpec.Preview;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.experiment.Progress.PreviewText;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Puts what the training loop tells into the run directory, and passes it on. */
final class Keeper implements TrainingListener {
  private final ExperimentSpec spec;
  private final RunDirectory directory;
  private final Vocabulary vocabulary;
  private final RecurrentModel model;
  private final Progress progress;
  private boolean bestIsKept;
  private Parameters lastFinite;
  private int epochOfLastFinite;

  /**
   * @param initial the parameters that training starts from
   */
  Keeper(
      ExperimentSpec spec,
      RunDirectory directory,
      Vocabulary vocabulary,
      RecurrentModel model,
      Parameters initial,
      Progress progress) {
    this.spec = spec;
    this.directory = directory;
    this.vocabulary = vocabulary;
    this.model = model;
    this.lastFinite = initial;
    this.progress = progress;
  }

  @Override
  public void batchDone(int epoch, int batch, int batches) {
    progress.batchDone(epoch, batch, batches);
  }

  @Override
  public void epochDone(EpochResult result) {
    directory.appendMetrics(result);
    progress.epochDone(result);
    if (isDue(spec.checkpoint().every(), result.epoch())) {
      Parameters parameters = model.parameters();
      if (parameters.areFinite()) {
        lastFinite = parameters;
        epochOfLastFinite = result.epoch();
      }
    }
    if (isDue(spec.preview().every(), result.epoch())) {
      preview(result);
    }
  }

  private static boolean isDue(int every, int epoch) {
    return every > 0 && epoch % every == 0;
  }

  private void preview(EpochResult result) {
    Preview preview = spec.preview();
    Generator generator = new Generator(model, vocabulary);
    List<PreviewText> texts = new ArrayList<>();
    for (String prefix : preview.prefixes()) {
      String text = generator.generate(prefix, preview.length(), Decoding.GREEDY);
      directory.appendPreview(result.epoch(), prefix, text);
      texts.add(new PreviewText(prefix, text));
    }
    progress.previewed(result, texts);
  }

  @Override
  public void improved(EpochResult result) {
    directory.writeModel(spec.model(), vocabulary, model.parameters());
    bestIsKept = true;
  }

  /**
   * Leaves the weights: the best by validation where there are such, otherwise the last ones. Where
   * training went beyond the finite numbers, those from before that.
   */
  void keepWeights() {
    if (bestIsKept) {
      return;
    }
    Parameters parameters = model.parameters();
    if (!parameters.areFinite()) {
      parameters = lastFinite;
      progress.notice(
          epochOfLastFinite == 0
              ? "the weights kept are those that training started from"
              : "the weights kept are those of epoch " + epochOfLastFinite);
    }
    directory.writeModel(spec.model(), vocabulary, parameters);
  }
}
