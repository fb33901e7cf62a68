package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.generation.Generator;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Scoring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A saved model on an engine, to write text or to score it. */
public final class TrainedModel implements AutoCloseable {
  private static final int STEPS = 256;
  private static final Pattern CONFIG = Pattern.compile("\\.(ya?ml|json|conf)$");

  private final Tokenizer tokenizer;
  private final Backend backend;
  private final RecurrentModel model;

  private TrainedModel(Tokenizer tokenizer, Backend backend, RecurrentModel model) {
    this.tokenizer = tokenizer;
    this.backend = backend;
    this.model = model;
  }

  /**
   * Loads the model of a run, or a model file.
   *
   * @param backend the engine's name
   * @throws InvalidInputException if there is no such model, engine or device
   */
  public static TrainedModel open(
      Path runDirectoryOrFile,
      BackendRegistry backends,
      String backend,
      DeviceRequest device,
      int threads) {
    requireNoConfig(runDirectoryOrFile);
    SavedModel saved = SavedModel.open(runDirectoryOrFile);
    Backend engine = backends.get(backend).open(device, threads);
    try {
      RecurrentModel model = engine.createModel(saved.spec(), saved.parameters(), Use.INFERENCE);
      return new TrainedModel(saved.tokenizer(), engine, model);
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private static void requireNoConfig(Path file) {
    if (CONFIG.matcher(file.toString()).find() && Files.isRegularFile(file)) {
      throw InvalidInputException.at(
          file.toString(),
          "it is a config, not a safetensors file",
          "give the run directory that 'lyricist run' made with it, or the model.safetensors there");
    }
  }

  /** What the engine fell back from, why, and what mends that; one line for each. */
  public List<String> notices() {
    return backend.notices();
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public Generator generator() {
    return new Generator(model, tokenizer);
  }

  /**
   * How well the model predicts a text, read from beginning to end from a zero state.
   *
   * @throws InvalidInputException if the text has less than two characters
   */
  public Evaluation evaluate(Corpus text) {
    if (text.size() < 2) {
      throw InvalidInputException.at(
          text.source(), "one character is too few to predict one", "give a longer text");
    }
    return Scoring.inOneRow(text, model, STEPS).score();
  }

  @Override
  public void close() {
    model.close();
    backend.close();
  }
}
