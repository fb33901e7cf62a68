package io.github.lyricist.consistency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One of the files in {@code golden/}: what real PyTorch computed, in double precision. */
record Golden(String name, JsonNode json) {

  /** All trainings. */
  static Stream<Golden> all() {
    return in("");
  }

  /** All traces. */
  static Stream<Golden> traces() {
    return in("trace/");
  }

  private static Stream<Golden> in(String folder) {
    try (Stream<Path> files = Files.list(Path.of("golden", folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> folder + name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream()
          .map(Golden::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Golden read(String name) {
    try {
      return new Golden(
          name, new ObjectMapper().readTree(Path.of("golden", name + ".json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  ModelSpec model() {
    JsonNode model = json.get("model");
    return new ModelSpec(
        Cell.called(model.get("cell").asText()).orElseThrow(),
        model.get("hidden").asInt(),
        model.get("layers").asInt(),
        model.get("embedding").isNull() ? null : model.get("embedding").asInt(),
        model.get("tieWeights").asBoolean(),
        0,
        model.get("recurrentBias").asBoolean());
  }

  int vocabularySize() {
    return json.get("model").get("vocabulary").asInt();
  }

  TrainingSpec training() {
    JsonNode training = json.get("training");
    JsonNode clipNorm = training.get("clipNorm");
    JsonNode clipValue = training.get("clipValue");
    return new TrainingSpec(
        1,
        optimizer(training.get("optimizer")),
        clipNorm.isNull() ? null : clipNorm.asDouble(),
        clipValue.isNull() ? null : clipValue.asDouble(),
        new Constant(),
        1,
        1,
        null);
  }

  private static OptimizerSpec optimizer(JsonNode spec) {
    double learningRate = spec.get("learningRate").asDouble();
    return switch (spec.get("type").asText()) {
      case "adam" -> adam(spec, learningRate);
      case "adamw" -> new AdamW(adam(spec, learningRate), spec.get("weightDecay").asDouble());
      case "rmsprop" ->
          new RmsProp(learningRate, spec.get("alpha").asDouble(), spec.get("epsilon").asDouble());
      default -> new Sgd(learningRate, spec.get("momentum").asDouble());
    };
  }

  private static Adam adam(JsonNode spec, double learningRate) {
    return new Adam(
        learningRate,
        spec.get("beta1").asDouble(),
        spec.get("beta2").asDouble(),
        spec.get("epsilon").asDouble());
  }

  double learningRate() {
    return json.get("training").get("optimizer").get("learningRate").asDouble();
  }

  int batchSize() {
    return json.get("batchSize").asInt();
  }

  List<Batch> batches() {
    List<Batch> batches = new ArrayList<>();
    for (JsonNode batch : json.get("batches")) {
      batches.add(
          new Batch(
              batchSize(),
              json.get("steps").asInt(),
              integers(batch.get("inputs")),
              integers(batch.get("targets"))));
    }
    return batches;
  }

  /** The parameters that training starts from. */
  Parameters initial() {
    Parameters parameters = new Parameters();
    model()
        .shapes(vocabularySize())
        .forEach(
            (name, shape) ->
                parameters.put(name, shape, floats(json.get("initial").get(name), shape)));
    return parameters;
  }

  double[] losses() {
    return doubles(json.get("losses"));
  }

  double[] gradientNorms() {
    return doubles(json.get("gradientNorms"));
  }

  /** Whether the numbers of the first batch stand in this file; elsewhere they are the same. */
  boolean hasFirst() {
    return json.has("first");
  }

  /** Numbers of the first batch: {@code logits}, or of a tensor: {@code gradients/linear.bias}. */
  double[] first(String path) {
    JsonNode node = json.get("first");
    for (String part : path.split("/", -1)) {
      node = node.get(part);
    }
    return doubles(node.get("data"));
  }

  double[] last(String parameter) {
    return doubles(json.get("final").get(parameter).get("data"));
  }

  /** The state before a trace. */
  HiddenState before() {
    HiddenState state = HiddenState.zero(model(), batchSize());
    for (String name : state.names()) {
      double[] values = doubles(json.get("before").get(name).get("data"));
      for (int i = 0; i < values.length; i++) {
        state.get(name)[i] = (float) values[i];
      }
    }
    return state;
  }

  /** {@code int[B]}: the tokens whose logits after the last time step are explained. */
  int[] tokens() {
    return integers(json.get("tokens"));
  }

  Set<String> traced() {
    Set<String> names = new LinkedHashSet<>();
    json.get("trace").fieldNames().forEachRemaining(names::add);
    return names;
  }

  double[] traced(String name) {
    return doubles(json.get("trace").get(name).get("data"));
  }

  double[] attribution() {
    return doubles(json.get("attribution").get("data"));
  }

  private static float[] floats(JsonNode tensor, Shape shape) {
    double[] values = doubles(tensor.get("data"));
    float[] result = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static int[] integers(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asInt();
    }
    return values;
  }
}
