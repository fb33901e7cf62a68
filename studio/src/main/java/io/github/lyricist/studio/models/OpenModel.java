package io.github.lyricist.studio.models;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.Sha256;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.ModelBeginning;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.generation.Continuations;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.originality.TrainingText;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.writing.Writer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that is ready, and shared by all who write with it. */
public final class OpenModel implements AutoCloseable {
  private final String id;
  private final Path folder;
  private final @Nullable ExperimentSpec experiment;
  private final TrainedModel trained;
  private final Writer writer;
  private final Continuations continuations;
  private @Nullable String beginning;
  private @Nullable String sha256;

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
  public synchronized String beginning() {
    if (beginning == null) {
      beginning = ModelBeginning.of(folder, experiment, tokenizer(), new RandomStreams(1)).prefix();
    }
    return beginning;
  }

  /** The checksum of its file. */
  public synchronized String sha256() {
    if (sha256 == null) {
      Path file = folder.resolve(SavedModel.FILE);
      try (InputStream in = Files.newInputStream(file)) {
        sha256 = Sha256.of(in);
      } catch (IOException e) {
        throw RunFailedException.reading(file, e);
      }
    }
    return sha256;
  }

  /**
   * A text, if it is known.
   *
   * @param parameter that has it
   * @throws Refusal if the model doesn't know all of it
   */
  public String known(String parameter, String text) {
    List<String> unknown = tokenizer().unknown(text);
    if (!unknown.isEmpty()) {
      throw Refusal.of(
          parameter,
          "the model does not know '" + Excerpt.of(unknown.get(0)) + "'",
          "a text in what it was trained on");
    }
    return text;
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
