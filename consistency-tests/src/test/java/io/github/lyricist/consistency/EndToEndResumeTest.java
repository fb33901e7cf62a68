package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed, interrupted or starved of disk space ends as if nothing had happened. */
class EndToEndResumeTest {
  private static final String RESUME = "resume";
  private static final int EPOCHS = 40;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  private Outcome program(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private static String[] run(String settings, String directory, int epochs) {
    List<String> arguments = new ArrayList<>(List.of("run", TinyExperiment.CONFIG));
    for (String setting : settings.split("; ", -1)) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of("--set", "training.epochs=" + epochs, "--set", "checkpoint.every=3"));
    arguments.addAll(List.of("--out", directory));
    return arguments.toArray(new String[0]);
  }

  private void assertSameBytes() throws IOException {
    for (String file :
        List.of("model.safetensors", "checkpoint.safetensors", "previews.jsonl", "config.yaml")) {
      assertThat(folder.resolve("b").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
    assertThat(metrics("b")).isEqualTo(metrics("a"));
    assertThat(folder.resolve("b")).isDirectoryNotContaining("glob:**.tmp");
  }

  /** Without what time took. */
  private List<String> metrics(String run) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
      ObjectNode epoch = (ObjectNode) new ObjectMapper().readTree(line);
      lines.add(epoch.without(List.of("seconds", "charactersPerSecond")).toString());
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.optimizer={type: sgd, learningRate: 1, momentum: 0.5}; model.layers=2;"
            + " preview={every: 1, prefixes: auto, temperature: 0.8}",
        "sampler={type: consecutive, batchSize: 3, steps: 4, carryState: true}; model.cell=lstm;"
            + " model.layers=2; model.dropout=0.3; training.optimizer={type: adam};"
            + " corpus.validation=0.2; training.schedule={type: plateau, patience: 1}",
        "training.tensorboard=true; model.cell=gru; model.embedding=7; model.tieWeights=true;"
            + " training.optimizer={type: rmsprop, learningRate: 0.001};"
            + " training.schedule={type: step, factor: 0.5, every: 10, from: 10}",
        "corpus={source: text.txt, tokens: byte, split: streams, validation: 0.2, test: 0.2};"
            + " sampler={type: consecutive, batchSize: 3, steps: 4}; model.layers=2;"
            + " model.dropout=0.3; model.dropoutKind=locked; model.init=uniform;"
            + " model.initScale=0.1; training.accumulate=3;"
            + " training.optimizer={type: adamw, learningRate: 0.01};"
            + " training.schedule={type: cosine, warmup: 5, horizon: 50}",
        "corpus={source: text.txt, tokens: word, minCount: 2, validation: 0.2}; model.embedding=5;"
            + " preview={every: 1, prefixes: auto, temperature: 0.8}",
        "corpus={source: [text.txt, text.txt], separator: '。', tokens: bpe, vocabulary: 262,"
            + " split: streams, validation: 0.2}; model.cell=gru;"
            + " sampler={type: consecutive, batchSize: 3, steps: 4};"
            + " preview={every: 1, prefixes: auto, temperature: 0.8}"
      })
  void endsInTheSameBytes(String settings) throws IOException, InterruptedException {
    program(run(settings, "a", EPOCHS)).requireDone();
    long wholeRun = Files.size(folder.resolve("a/metrics.jsonl"));

    kill("KILL", wholeRun / 4, run(settings, "b", EPOCHS));
    kill("KILL", wholeRun / 2, RESUME, "b");
    kill("INT", wholeRun * 3 / 4, RESUME, "b");
    program(RESUME, "b");
    assertSameBytes();
  }

  /** Starts a command and sends it a signal once the metrics are that long, if it lives so long. */
  private void kill(String signal, long bytes, String... command)
      throws IOException, InterruptedException {
    Path metrics = folder.resolve("b/metrics.jsonl");
    try (Running running = Program.in(folder).start(command)) {
      while (running.isAlive() && (!Files.exists(metrics) || Files.size(metrics) < bytes)) {
        Thread.sleep(2);
      }
      if (running.isAlive()) {
        running.signal(signal);
      }
      running.end();
    }
  }

  @Test
  void aRunIsExtended() throws IOException {
    String settings = "model.cell=gru; preview.every=5"; // what is the last epoch has previews, too
    program(run(settings, "a", EPOCHS)).requireDone();
    program(run(settings, "b", 5)).requireDone();
    Outcome nothingToDo = program(RESUME, "b").requireDone();
    assertThat(nothingToDo.err()).contains("all 5 epochs are done; --epochs N trains more");
    assertThat(program(RESUME, "b", "--epochs", "4").exitCode()).isEqualTo(2);
    program(RESUME, "b", "--epochs", "" + EPOCHS).requireDone();
    assertSameBytes();
  }

  /** Where no horizon is given it is the first run's epochs, also when there are more. */
  @Test
  void theHorizonOfASchedulesStaysWhatItWas() throws IOException {
    String cosine = "training.schedule={type: cosine, final: 0}; training.optimizer={type: adam}";
    program(run(cosine, "b", 5)).requireDone();
    program(RESUME, "b", "--epochs", "8").requireDone();
    List<String> rates = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("b/metrics.jsonl"))) {
      rates.add(new ObjectMapper().readTree(line).get("learningRate").asText());
    }
    assertThat(rates).hasSize(8).endsWith("0.0", "0.0", "0.0");
    assertThat(Double.parseDouble(rates.get(4))).isPositive();
  }

  /** A limit on the size of a file stands for a disk that is full. */
  @Test
  void aFullDiskLeavesTheCheckpointBeforeIt() throws IOException, InterruptedException {
    String adam = "model.hidden=64; training.optimizer={type: adam}; preview.every=5";
    program(run(adam, "a", EPOCHS)).requireDone();
    program(run(adam, "b", 5)).requireDone();
    byte[] checkpoint = Files.readAllBytes(folder.resolve("b/checkpoint.safetensors"));
    Path limited = folder.resolve("limited");
    Files.writeString(
        limited,
        "#!/bin/bash\nulimit -f %d\nexec '%s' \"$@\"\n"
            .formatted(checkpoint.length / 1024 - 2, Program.ROOT.resolve("lyricist")));
    assertThat(limited.toFile().setExecutable(true)).isTrue();
    Outcome full = Program.in(folder).through(limited).run(RESUME, "b", "--epochs", "" + EPOCHS);
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(full.err()).contains("checkpoint.safetensors: writing failed: File too large");
    assertThat(folder.resolve("b/checkpoint.safetensors")).hasBinaryContent(checkpoint);
    program(RESUME, "b").requireDone();
    assertSameBytes();
  }

  @Test
  void refusesWhatItCannotGoOnWith() throws IOException {
    program(run("model.cell=rnn", "b", 3)).requireDone();
    assertRefused("nowhere", "nowhere: there is no such folder; give a run directory");
    Files.writeString(folder.resolve("text.txt"), "雨", StandardOpenOption.APPEND);
    assertRefused("b", "this is not the text that the run was training on");
    Path checkpoint = folder.resolve("b/checkpoint.safetensors");
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length - 1));
    assertRefused("b", "broken safetensors file");
    Files.delete(checkpoint);
    assertRefused("b", "there is no checkpoint.safetensors; run its config.yaml to start again");
  }

  private void assertRefused(String directory, String why) {
    Outcome refused = program(RESUME, directory, "--epochs", "9");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(why).doesNotContain("\tat ");
  }

  @Test
  void aRunBelongsToOneProcess() throws IOException, InterruptedException {
    program(run("model.cell=rnn", "b", 3)).requireDone();
    Path metrics = folder.resolve("b/metrics.jsonl");
    long before = Files.size(metrics);
    try (Running running = Program.in(folder).start(RESUME, "b", "--epochs", "100000000")) {
      while (running.isAlive() && Files.size(metrics) == before) {
        Thread.sleep(20);
      }
      assertRefused("b", "another process is training this run");
      assertThat(running.signal("INT").end().err())
          .contains("to continue: " + Program.LAUNCHER + " resume b");
    }
  }
}
