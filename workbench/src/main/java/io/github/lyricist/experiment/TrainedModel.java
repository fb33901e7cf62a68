package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.backend.Use;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Scoring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A saved model on an engine, to write text or to score it. */
public final class TrainedModel implements AutoCloseable {
  private static final int STEPS = 256;
  private static final int LEAST_STEPS = 8;

  private final Tokenizer tokenizer;
  private final Backend backend;
  private final RecurrentModel model;
  private final List<String> notices;

  private TrainedModel(
      Tokenizer tokenizer, Backend backend, RecurrentModel model, List<String> notices) {
    this.notices = notices;
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
      List<String> notices = new ArrayList<>(engine.notices());
      Threads.notice(threads).ifPresent(notices::add);
      return new TrainedModel(saved.tokenizer(), engine, model, List.copyOf(notices));
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private static void requireNoConfig(Path file) {
    if (OwnText.isConfig(file.toString()) && Files.isRegularFile(file)) {
      throw InvalidInputException.at(
          file.toString(),
          "it is a config, not a safetensors file",
          "give the run directory that 'run' made with it, or the model.safetensors there");
    }
  }

  /** What keeps the engine from being as fast as it could be, and what mends that, by line. */
  public List<String> notices() {
    return notices;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** What is written with. */
  public RecurrentModel model() {
    return model;
  }

  /**
   * How well the model predicts a text, read from beginning to end from a zero state.
   *
   * @throws InvalidInputException if the text has less than two tokens
   */
  public Evaluation evaluate(Corpus text) {
    if (text.size() < 2) {
      throw InvalidInputException.at(
          text.source(), "one token is too few to predict one", "give a longer text");
    }
    int steps = Math.max(LEAST_STEPS, STEPS / text.stretches());
    return Scoring.inOneRow(text, model, steps).score();
  }

  @Override
  public void close() {
    model.close();
    backend.close();
  }
}
