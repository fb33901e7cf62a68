package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.backend.Use;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.OwnText;
import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.corpus.CorpusReader;
import io.github.lyricist.corpus.CorpusSpec;
import io.github.lyricist.corpus.CorpusSpec.Tokens;
import io.github.lyricist.generation.Decoding;
import io.github.lyricist.generation.Ending;
import io.github.lyricist.generation.Prefix;
import io.github.lyricist.generation.Sampling;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.Scoring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A trained model on an engine, to write text or to score it. */
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
   * Loads the model of a run, or a model file, with the machine's cores: on the engine that trained
   * it, or where that isn't known on {@code scratch}. The engine has to be on the class path. What
   * keeps it from its speed is told to the logger {@code io.github.lyricist}.
   *
   * @throws InvalidInputException if there is no such model or engine
   */
  public static TrainedModel open(Path runDirectoryOrFile) {
    ExperimentSpec run =
        Objects.requireNonNullElse(experimentOf(runDirectoryOrFile), ExperimentSpec.DEFAULT);
    int threads = Threads.orCores(null);
    TrainedModel model =
        open(
            runDirectoryOrFile,
            BackendRegistry.installed(),
            run.backend(),
            DeviceRequest.AUTO,
            threads);
    EngineLog.warn(model.backend, threads);
    return model;
  }

  /** The experiment of a run, or null where its config is not at hand, as beside a model file. */
  public static @Nullable ExperimentSpec experimentOf(Path runDirectoryOrFile) {
    Path config = runDirectoryOrFile.resolve(RunDirectory.CONFIG);
    return Files.isRegularFile(config) ? ConfigReader.readOfRun(config, List.of()).spec() : null;
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
    return of(
        saved.spec(), saved.tokenizer(), saved.parameters(), backends, backend, device, threads);
  }

  /** A model of these parameters, which are handed over. */
  static TrainedModel of(
      ModelSpec spec,
      Tokenizer tokenizer,
      Parameters parameters,
      BackendRegistry backends,
      String backend,
      DeviceRequest device,
      int threads) {
    Backend engine = backends.get(backend).open(device, threads);
    try {
      RecurrentModel model = engine.createModel(spec, parameters, Use.INFERENCE);
      return new TrainedModel(tokenizer, engine, model, EngineLog.notices(engine, threads));
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
   * Writes a text. {@code generate} writes the same with the same engine and seed.
   *
   * @param prefix what it begins with; at least one token, of those that the model knows
   * @param length characters after the prefix; bytes, where those are the tokens
   * @param seed chooses among the texts, unless the decoding is greedy
   * @return the text, prefix included
   * @throws InvalidInputException if the model doesn't know all of the prefix
   */
  public String generate(String prefix, int length, Decoding decoding, long seed) {
    if (prefix.isEmpty()) {
      throw InvalidInputException.ofKey("prefix", "it is empty", "give at least one character");
    }
    Prefix.requireKnown(
        prefix, tokenizer, "prefix", "use what stands in the text that it was trained on");
    RandomStreams random = new RandomStreams(seed);
    StringBuilder text = new StringBuilder(prefix);
    new Sampling(
            model,
            tokenizer,
            decoding,
            Ending.after(length),
            Sampling.TEXT_ALONE,
            number -> random.stream(Purpose.GENERATION, (long) number))
        .write(prefix, 1, (number, more) -> text.append(more));
    return text.toString();
  }

  /**
   * How well the model predicts a text, read from beginning to end from a zero state.
   *
   * @throws InvalidInputException if the text has less than two tokens, or such as the model
   *     doesn't know
   */
  public Evaluation evaluate(String text) {
    CorpusSpec spec =
        CorpusSpec.DEFAULT
            .withTokens(Tokens.of(tokenizer.kind()))
            .withNewlines(EvaluationText.newlines(tokenizer));
    return evaluate(
        CorpusReader.of(List.of(text), spec, 1, odd -> {}).read(tokenizer, none -> {}).whole());
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

  /**
   * Writes it as a {@code model.safetensors}, which {@link #open(Path)}, PyTorch and the program
   * read.
   *
   * @throws InvalidInputException if it can't be put there
   * @throws io.github.lyricist.RunFailedException if writing fails
   */
  public void save(Path file) {
    SavedModel.write(file, model.spec(), tokenizer, model.parameters());
  }

  @Override
  public void close() {
    model.close();
    backend.close();
  }
}
