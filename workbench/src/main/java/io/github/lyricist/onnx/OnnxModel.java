package io.github.lyricist.onnx;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.protobuf.Message;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.SavedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model as an ONNX file. Its inputs are {@code ids}, {@code int64[T, B]}, and each state before
 * them, {@code state_hidden} and the like, {@code float[L, B, H]}; its outputs {@code logits},
 * {@code float[T, B, V]}, and the states after them, {@code next_hidden} and the like, so that a
 * text streams. The metadata say what the tokens are.
 */
public final class OnnxModel {
  /** Version 17 of the operators, of 2022: what older runtimes know, too. */
  private static final int OPERATORS = 17;

  private static final int FORMAT = 8; // of the file, of the same time

  /** A protobuf message has fewer than 2 GiB. */
  private static final long MOST_PARAMETERS = 500_000_000;

  private static final String AXIS = "axis";
  private static final String IDS = "ids";
  private static final String LOGITS = "logits";

  private final Graph graph = new Graph();
  private final ModelSpec spec;
  private final Parameters parameters;
  private final int vocabularySize;
  private final RecurrentOperator operator;

  private OnnxModel(ModelSpec spec, Parameters parameters, int vocabularySize) {
    this.spec = spec;
    this.parameters = parameters;
    this.vocabularySize = vocabularySize;
    this.operator = RecurrentOperator.of(spec.cell());
  }

  /**
   * Writes a model.
   *
   * @throws InvalidInputException if it is too large for one file
   * @throws io.github.lyricist.RunFailedException if writing fails
   */
  public static void write(Path file, SavedModel model) {
    Parameters parameters = model.parameters();
    if (parameters.count() > MOST_PARAMETERS) {
      throw InvalidInputException.at(
          file.toString(),
          "the model has %,d parameters".formatted(parameters.count()),
          "an ONNX file of one piece has %,d at most".formatted(MOST_PARAMETERS));
    }
    int vocabularySize = model.tokenizer().size();
    Message graph = new OnnxModel(model.spec(), parameters, vocabularySize).graph();
    Message whole =
        new Message()
            .put(1, FORMAT)
            .put(2, "lyricist")
            .put(3, Build.current().version())
            .put(8, new Message().put(1, "").put(2, OPERATORS))
            .put(7, graph);
    model
        .description()
        .forEach((key, value) -> whole.put(14, new Message().put(1, key).put(2, value)));
    AtomicFile.write(file, out -> out.write(whole.toBytes()));
  }

  private Message graph() {
    graph.input(IDS, Graph.Type.INT64, "T", "B");
    for (String state : spec.cell().states()) {
      graph.input("state_" + state, Graph.Type.FLOAT, spec.layers(), "B", spec.hidden());
      graph.node("Split", List.of("state_" + state), layers("state_" + state), Map.of(AXIS, 0));
    }
    String values = input();
    for (int k = 0; k < spec.layers(); k++) {
      values = layer(k, values);
    }
    logits(values);
    graph.output(LOGITS, Graph.Type.FLOAT, "T", "B", vocabularySize);
    for (String state : spec.cell().states()) {
      graph.node("Concat", layers("next_" + state), List.of("next_" + state), Map.of(AXIS, 0));
      graph.output("next_" + state, Graph.Type.FLOAT, spec.layers(), "B", spec.hidden());
    }
    return graph.message();
  }

  /** A state of each layer. */
  private List<String> layers(String state) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < spec.layers(); k++) {
      names.add(state + "_l" + k);
    }
    return names;
  }

  /** What the first layer reads. */
  private String input() {
    if (spec.embedding() != null) {
      constant("embedding.weight", vocabularySize, spec.embedding());
      graph.node("Gather", List.of("embedding.weight", IDS), List.of("embedded"), Map.of(AXIS, 0));
      return "embedded";
    }
    graph.constant("depth", new long[] {vocabularySize});
    graph.constant("off_on", new float[] {0, 1}, 2);
    graph.node("OneHot", List.of(IDS, "depth", "off_on"), List.of("one_hot"), Map.of(AXIS, -1));
    return "one_hot";
  }

  private void constant(String name, int... shape) {
    graph.constant(name, parameters.get(name), shape);
  }

  private String layer(int k, String values) {
    String layer = "l" + k;
    int rows = spec.gateRows();
    float[] inputWeights = parameters.get("rnn.weight_ih_" + layer);
    float[] recurrentWeights = parameters.get("rnn.weight_hh_" + layer);
    graph.constant(
        layer + "_W", operator.ordered(inputWeights), 1, rows, inputWeights.length / rows);
    graph.constant(layer + "_R", operator.ordered(recurrentWeights), 1, rows, spec.hidden());
    float[] biases = new float[2 * rows];
    System.arraycopy(operator.ordered(parameters.get("rnn.bias_ih_" + layer)), 0, biases, 0, rows);
    System.arraycopy(
        operator.ordered(parameters.get("rnn.bias_hh_" + layer)), 0, biases, rows, rows);
    graph.constant(layer + "_B", biases, 1, 2 * rows);
    List<String> read =
        new ArrayList<>(List.of(values, layer + "_W", layer + "_R", layer + "_B", ""));
    List<String> told = new ArrayList<>(List.of(layer + "_all"));
    for (String state : spec.cell().states()) {
      read.add("state_" + state + "_" + layer);
      told.add("next_" + state + "_" + layer);
    }
    graph.node(operator.name(), read, told, operator.attributes(spec.hidden()));
    graph.constant(layer + "_direction", new long[] {1}, 1);
    graph.node(
        "Squeeze",
        List.of(layer + "_all", layer + "_direction"),
        List.of(layer + "_" + HiddenState.HIDDEN),
        Map.of());
    return layer + "_" + HiddenState.HIDDEN;
  }

  private void logits(String values) {
    String weight = spec.tieWeights() ? "embedding.weight" : "linear.weight";
    if (!spec.tieWeights()) {
      constant(weight, vocabularySize, spec.hidden());
    }
    constant("linear.bias", vocabularySize);
    graph.node("Transpose", List.of(weight), List.of("projection"), Map.of());
    graph.node("MatMul", List.of(values, "projection"), List.of("projected"), Map.of());
    graph.node("Add", List.of("projected", "linear.bias"), List.of(LOGITS), Map.of());
  }
}
