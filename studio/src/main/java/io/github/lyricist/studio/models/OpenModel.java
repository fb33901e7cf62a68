package io.github.lyricist.studio.models;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.ModelBeginning;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Continuations;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.writing.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model that is ready, and shared by all who write with it. */
public final class OpenModel implements AutoCloseable {
  private final String id;
  private final Path folder;
  private final @Nullable ExperimentSpec experiment;
  private final TrainedModel trained;
  private final Writer writer;
  private final Continuations continuations;

  /**
   * Of a run.
   *
   * @param id what clients call it
   * @param experiment of the run, or null where it is imported
   * @param trained closed with it
   */
  public OpenModel(
      String id,
      Path folder,
      @Nullable ExperimentSpec experiment,
      TrainedModel trained,
      Writer writer) {
    this.id = id;
    this.folder = folder;
    this.experiment = experiment;
    this.trained = trained;
    this.writer = writer;
    this.continuations = new Continuations(trained.model(), trained.tokenizer());
  }

  /** What clients call it. */
  public String id() {
    return id;
  }

  /** As its experiment is called, or its folder. */
  public String name() {
    return experiment == null ? id : experiment.name();
  }

  /** What computes. */
  public RecurrentModel model() {
    return trained.model();
  }

  /** What its texts are cut into. */
  public Tokenizer tokenizer() {
    return trained.tokenizer();
  }

  /** Finds the searches for texts. */
  public Writer writer() {
    return writer;
  }

  /** What it would go on with. */
  public Continuations continuations() {
    return continuations;
  }

  /** A text to begin with: as the run's text does. */
  public String beginning() {
    return ModelBeginning.of(folder, experiment, tokenizer(), new RandomStreams(1)).prefix();
  }

  /** What it was trained on. */
  public TrainingText trainingText() {
    return TrainingText.open(folder, experiment, tokenizer(), notice -> {});
  }

  /**
   * A text as the model reads it: with its line ends.
   *
   * @param text with line feeds
   */
  public String asRead(String text) {
    return text.replace('\n', writer.lineEnd());
  }

  @Override
  public void close() {
    trained.close();
  }
}
