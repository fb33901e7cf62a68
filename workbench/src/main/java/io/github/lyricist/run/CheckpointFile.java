package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.training.EpochTotals;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.TrainingState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkpoint.safetensors}: a model file that holds, beside the weights, where training
 * stands. Tensors {@code optimizer.exp_avg.linear.bias} and the like are what the optimizer
 * remembers, {@code state.hidden} and {@code state.cell}, {@code [L, B, H]}, the hidden state;
 * counters are in the metadata.
 */
public final class CheckpointFile {
  /** The file in a run directory. */
  public static final String FILE = "checkpoint.safetensors";

  static final String OPTIMIZER = "optimizer.";
  static final String STATE = "state.";
  private static final String EXPERIMENT = "experiment";

  private final Path file;
  private final SavedModel model;
  private final JsonObject counters;

  private CheckpointFile(Path file, SavedModel model, JsonObject counters) {
    this.file = file;
    this.model = model;
    this.counters = counters;
  }

  static void write(
      OutputStream out,
      ModelSpec spec,
      Tokenizer tokenizer,
      Map<String, String> experiment,
      String corpusSha256,
      Parameters parameters,
      TrainingState state)
      throws IOException {
    Map<String, String> metadata = ModelFile.metadata(spec, tokenizer);
    metadata.put(EXPERIMENT, JsonText.object(json -> writeTexts(json, experiment)));
    metadata.put("training", JsonText.object(json -> writeCounters(json, corpusSha256, state)));
    Parameters all = new Parameters();
    putAll("", parameters, all);
    state
        .optimizer()
        .remembered()
        .forEach((memory, values) -> putAll(OPTIMIZER + memory + ".", values, all));
    HiddenState hidden = state.hidden();
    Shape shape = new Shape(spec.layers(), hidden.batchSize(), spec.hidden());
    hidden.names().forEach(name -> all.put(STATE + name, shape, hidden.get(name)));
    Safetensors.write(out, metadata, all, ModelFile.tensors(tokenizer));
  }

  private static void putAll(String prefix, Parameters from, Parameters to) {
    from.forEach((name, values) -> to.put(prefix + name, from.shape(name), values));
  }

  private static void writeTexts(JsonGenerator json, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
  }

  private static void writeCounters(JsonGenerator json, String corpusSha256, TrainingState state)
      throws IOException {
    json.writeStringField("corpusSha256", corpusSha256);
    json.writeNumberField("epoch", state.epoch());
    json.writeNumberField("batches", state.totals().batches());
    json.writeNumberField("crossEntropy", state.totals().crossEntropy());
    json.writeNumberField("predictions", state.totals().predictions());
    json.writeNumberField("gradientNorms", state.totals().gradientNorms());
    json.writeNumberField("seconds", state.totals().seconds());
    json.writeNumberField("optimizerSteps", state.optimizer().steps());
  }

  /**
   * Opens the checkpoint of a run, and checks that its numbers are those that were written.
   *
   * @throws InvalidInputException if there is none, or it is broken
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static CheckpointFile open(Path runDirectory) {
    CheckpointFile checkpoint = header(runDirectory);
    checkpoint.model.tensors().requireIntact();
    return checkpoint;
  }

  /**
   * Opens the checkpoint of a run without reading its numbers.
   *
   * @throws InvalidInputException if there is none, or its header is broken
   */
  static CheckpointFile header(Path runDirectory) {
    Path file = runDirectory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw InvalidInputException.at(
          runDirectory.toString(),
          "there is no " + FILE,
          Files.exists(runDirectory.resolve("config.yaml"))
              ? "run its config.yaml to start again"
              : "give a run directory");
    }
    SavedModel model = SavedModel.open(file);
    String training = model.metadata().getOrDefault("training", "");
    return new CheckpointFile(
        file, model, JsonObject.parse(file + ": its metadata 'training'", training));
  }

  /** The weights, with the model's spec and tokenizer. */
  public SavedModel model() {
    return model;
  }

  /**
   * What has to stay as it is for the run to be resumed, by dotted key of its config; empty in
   * files before version 2.
   *
   * @throws InvalidInputException if it is broken
   */
  public Map<String, @Nullable String> experiment() {
    String json = model.metadata().getOrDefault(EXPERIMENT, "{}");
    return JsonObject.parse(file + ": its metadata '" + EXPERIMENT + "'", json).values();
  }

  /** SHA-256 of the text that was trained on. */
  public String corpusSha256() {
    return counters.text("corpusSha256");
  }

  /**
   * Where training stood.
   *
   * @param optimizer the run's
   * @param batchSize the run's B
   * @throws InvalidInputException if the checkpoint is another run's
   */
  public TrainingState training(OptimizerSpec optimizer, int batchSize) {
    Map<String, Parameters> remembered = new LinkedHashMap<>();
    optimizer.remembered().forEach(memory -> remembered.put(memory, memory(memory)));
    return new TrainingState(
        counters.integer("epoch", 1),
        new EpochTotals(
            counters.integer("batches", 0),
            counters.finiteNumber("crossEntropy"),
            counters.wholeNumber("predictions", 0),
            counters.finiteNumber("gradientNorms"),
            counters.finiteNumber("seconds")),
        hidden(batchSize),
        new OptimizerState(counters.wholeNumber("optimizerSteps", 0), remembered));
  }

  private Parameters memory(String memory) {
    Parameters parameters = new Parameters();
    ModelSpec spec = model.spec();
    spec.shapes(model.tokenizer().size())
        .forEach(
            (name, shape) -> {
              if (spec.isTrained(name)) {
                parameters.put(name, shape, tensor(OPTIMIZER + memory + "." + name, shape));
              }
            });
    return parameters;
  }

  private HiddenState hidden(int batchSize) {
    ModelSpec spec = model.spec();
    Shape shape = new Shape(spec.layers(), batchSize, spec.hidden());
    for (String name : spec.cell().states()) {
      requireShape(STATE + name, shape); // before as much memory is taken
    }
    HiddenState state = HiddenState.zero(spec, batchSize);
    for (String name : state.names()) {
      float[] values = state.get(name);
      System.arraycopy(tensor(STATE + name, shape), 0, values, 0, values.length);
    }
    return state;
  }

  private float[] tensor(String name, Shape expected) {
    requireShape(name, expected);
    return model.tensors().read(List.of(name)).get(name);
  }

  private void requireShape(String name, Shape expected) {
    Shape found = model.tensors().shapes().get(name);
    if (found == null || !found.equals(expected)) {
      throw InvalidInputException.at(
          file.toString(),
          "for this run's config.yaml, '%s' should be %s, but is %s"
              .formatted(name, expected, found == null ? "missing" : found),
          "restore it, or run config.yaml to start again");
    }
  }
}
