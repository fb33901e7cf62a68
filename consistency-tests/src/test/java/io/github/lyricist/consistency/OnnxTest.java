package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.onnx.OnnxModel;
import io.github.lyricist.run.SavedModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that were exported, in ONNX Runtime: the logits of the reference, step by step. */
class OnnxTest {
  private static final BackendRegistry ENGINES = BackendRegistry.installed();
  private static final int STEPS = 200;
  private static final int BATCH = 2;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  static Stream<String> models() {
    return Stream.of("rnn", "gru", "lstm")
        .flatMap(
            cell -> Stream.of(1, 2).map(layers -> "cell: %s, layers: %d".formatted(cell, layers)))
        .flatMap(
            model ->
                Stream.of("embedding: null", "embedding: 5", "embedding: 6, tieWeights: true")
                    .map(input -> model + ", " + input))
        .flatMap(model -> Stream.of("character", "bpe").map(tokens -> model + "; " + tokens));
  }

  @ParameterizedTest
  @MethodSource("models")
  void theLogitsAreTheSame(String model) throws IOException, OrtException {
    Path run = train(model.replaceFirst(";.*", ""), model.replaceFirst(".*; ", ""));
    Path file = folder.resolve("model.onnx");
    SavedModel saved = SavedModel.open(run);
    OnnxModel.write(file, saved);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (TrainedModel reference =
            TrainedModel.open(run, ENGINES, "reference", DeviceRequest.parse("cpu"), 1);
        Session ours = reference.model().newSession(BATCH);
        OrtSession theirs = environment.createSession(file.toString())) {
      assertThat(theirs.getMetadata().getCustomMetadata())
          .containsEntry("format", "lyricist")
          .containsEntry("tokenizer", saved.tokenizer().kind());
      int size = saved.tokenizer().size();
      Map<String, OnnxTensor> states = zero(environment, saved);
      float[] expected = new float[BATCH * size];
      for (int step = 0; step < STEPS; step++) {
        int[] ids = {step % size, (7 * step + 3) % size};
        ours.next(ids, expected);
        float[] found = step(environment, theirs, ids, states);
        for (int i = 0; i < expected.length; i++) {
          assertThat(found[i])
              .as("step %d, logit %d", step, i)
              .isCloseTo(expected[i], within(1e-5f));
        }
      }
      states.values().forEach(OnnxTensor::close);
    }
  }

  @Test
  void theProgramExportsARun() throws IOException, OrtException {
    TinyExperiment.write(folder);
    Program program = Program.in(folder);
    program.run(TinyExperiment.run("--out", "run")).requireDone();
    Outcome done =
        program.run("export", "run", "--format", "onnx", "--out", "tiny.onnx").requireDone();
    assertThat(done.err()).startsWith("exported as onnx: {cell: rnn, hidden: 7,");
    try (OrtSession session =
        OrtEnvironment.getEnvironment().createSession(folder.resolve("tiny.onnx").toString())) {
      assertThat(session.getInputNames()).containsExactlyInAnyOrder("ids", "state_hidden");
      assertThat(session.getOutputNames()).containsExactlyInAnyOrder("logits", "next_hidden");
    }
  }

  private static Map<String, OnnxTensor> zero(OrtEnvironment environment, SavedModel saved)
      throws OrtException {
    Map<String, OnnxTensor> states = new HashMap<>();
    long[] shape = {saved.spec().layers(), BATCH, saved.spec().hidden()};
    for (String state : saved.spec().cell().states()) {
      FloatBuffer zeros = FloatBuffer.allocate((int) (shape[0] * shape[1] * shape[2]));
      states.put("state_" + state, OnnxTensor.createTensor(environment, zeros, shape));
    }
    return states;
  }

  /** One step of both sequences; the states are those after it. */
  private static float[] step(
      OrtEnvironment environment, OrtSession session, int[] ids, Map<String, OnnxTensor> states)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>(states);
    long[] shape = {1, BATCH};
    try (OnnxTensor tokens =
        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {ids[0], ids[1]}), shape)) {
      inputs.put("ids", tokens);
      try (OrtSession.Result result = session.run(inputs)) {
        for (String state : new TreeSet<>(states.keySet())) {
          OnnxTensor next = (OnnxTensor) result.get(state.replace("state_", "next_")).orElseThrow();
          OnnxTensor copy =
              OnnxTensor.createTensor(
                  environment, next.getFloatBuffer(), next.getInfo().getShape());
          OnnxTensor old = states.put(state, copy);
          assertThat(old).isNotNull().satisfies(OnnxTensor::close);
        }
        FloatBuffer logits = ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer();
        float[] found = new float[logits.remaining()];
        logits.get(found);
        return found;
      }
    }
  }

  private Path train(String model, String tokens) throws IOException {
    Files.writeString(
        folder.resolve("text.txt"), "春雨落在旧城墙，你说明年会再来。\n我把灯留在窗前，等风把门轻轻推开。\n".repeat(10));
    Path config = folder.resolve("tiny.yaml");
    String vocabulary = tokens.equals("bpe") ? ", vocabulary: 300" : "";
    Files.writeString(
        config,
        """
        name: tiny
        corpus: {source: text.txt, newlines: keep, tokens: %s%s}
        sampler: {batchSize: 4, steps: 5}
        model: {%s, hidden: 6}
        training: {epochs: 2, optimizer: {type: adam, learningRate: 0.02}}
        preview: {prefixes: []}
        """
            .formatted(tokens, vocabulary, model));
    Path run = folder.resolve("run");
    new Experiment(
            ConfigReader.read(config, List.of(), folder, from -> null).spec(),
            ENGINES,
            event -> {},
            () -> false)
        .run(run);
    return run;
  }
}
