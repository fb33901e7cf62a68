package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's own text meets: validation, schedules, continuing from a run, divergence. */
class EndToEndTrainingTest {
  private static final String[] SUBJECTS = {"The cat", "A sailor", "My Aunt", "The moon"};
  private static final String[] VERBS = {"sings to", "waits for", "forgets", "paints"};
  private static final String[] OBJECTS = {"the sea", "a Train", "every letter", "the old house"};

  private static final String YAML =
      """
      name: english
      corpus: {source: english.txt, newlines: keep, validation: 0.1}
      sampler: {type: consecutive, batchSize: 8, steps: 20}
      model: {cell: lstm, hidden: 48, layers: 2, embedding: 16, dropout: 0.1, init: pytorch, recurrentBias: true}
      training:
        epochs: 12
        optimizer: {type: adam, learningRate: 0.01}
        clipNorm: 5
        schedule: {type: plateau, factor: 0.5, patience: 0}
      preview: {every: 6, prefixes: ["The "], length: 30}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  /** Sentences of a small grammar: in ASCII, with both cases. */
  @BeforeEach
  void writeExperiment() throws IOException {
    List<String> sentences = new ArrayList<>();
    IntStream.range(0, 300)
        .forEach(
            i ->
                sentences.add(
                    "%s %s %s."
                        .formatted(
                            SUBJECTS[i % 4], VERBS[i / 3 % 4], OBJECTS[(i * 7 + i / 5) % 4])));
    Files.writeString(folder.resolve("english.txt"), String.join("\n", sentences));
    Files.writeString(folder.resolve("c.yaml"), YAML);
  }

  private Outcome run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "c.yaml"));
    arguments.addAll(List.of(more));
    return Program.in(folder).run(arguments.toArray(new String[0]));
  }

  private List<JsonNode> metrics(String run) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> epochs = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
      epochs.add(mapper.readTree(line));
    }
    return epochs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "nd4j", "djl"})
  void learnsEnglishAndShowsHowItDoesOnWhatItHasNotRead(String engine) throws IOException {
    Outcome outcome = run("--backend", engine, "--out", "r").requireDone();
    assertThat(outcome.out())
        .matches(
            "(epoch \\d+, perplexity [0-9.]{8,}, time [0-9.]+ sec, validation [0-9.]{8,}\n"
                + " - The .*\n){2}");
    List<JsonNode> epochs = metrics("r");
    assertThat(epochs).hasSize(12);
    assertThat(epochs.get(0).path("validationPerplexity").asDouble()).isGreaterThan(2);
    assertThat(epochs.get(11).path("validationPerplexity").asDouble()).isBetween(1.0, 1.6);
    assertThat(outcome.err())
        .contains("(the last 846 held out)", "33,178 parameters", "47 batches per epoch");
  }

  @Test
  void stopsEarlyAndKeepsTheBestModelWhichAnotherRunGoesOnFrom() throws IOException {
    run(
            "--set",
            "training={epochs: 200, earlyStop: 2, optimizer: {type: adam, learningRate: 0.03}}",
            "--out",
            "first")
        .requireDone();
    List<JsonNode> epochs = metrics("first");
    double best =
        epochs.stream().mapToDouble(e -> e.path("validationPerplexity").asDouble()).min().orElse(0);
    assertThat(epochs).hasSizeLessThan(200);
    assertThat(epochs.get(epochs.size() - 3).path("validationPerplexity").asDouble())
        .isEqualTo(best);
    // Without training, the perplexity of the model gone on from is that of its best epoch.
    run(
            "--set",
            "model={from: first}",
            "--set",
            "training={epochs: 1, optimizer: {type: sgd, learningRate: 1e-30}}",
            "--out",
            "second")
        .requireDone();
    assertThat(metrics("second").get(0).path("validationPerplexity").asDouble()).isEqualTo(best);
  }

  @Test
  void charactersThatTheModelDoesNotKnowAreNamedOrDropped() throws IOException {
    String hint = "hint: with 96 parameters per character, the model will learn this text by heart";
    String[] untrained = {"--set", "training.epochs=0", "--set", "model.hidden=256"};
    Outcome first =
        run(Stream.concat(Stream.of(untrained), Stream.of("--out", "first")).toArray(String[]::new))
            .requireDone();
    assertThat(first.err()).contains(hint);
    Files.writeString(
        folder.resolve("other.txt"), Files.readString(folder.resolve("english.txt")) + "Zebra!");
    String[] other = {"--set", "corpus.source=other.txt", "--set", "model={from: first}"};
    Outcome refused =
        run(Stream.concat(Stream.of(other), Stream.of("--out", "s")).toArray(String[]::new));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(
            "3 of 8,465, below 0.1 % (3 distinct)", "'Z' (U+005A) once", "corpus.unknown: drop");
    assertThat(folder.resolve("s")).doesNotExist();
    run(Stream.concat(
                Stream.of(other),
                Stream.of(
                    "--set", "corpus.unknown=drop", "--set", "training.epochs=1", "--out", "s"))
            .toArray(String[]::new))
        .requireDone();
  }

  @Test
  void divergenceEndsTheRunWithTheLastFiniteWeights() throws IOException {
    String[] wild = {
      "--set", "training={epochs: 9, clipNorm: null, optimizer: {type: sgd, learningRate: 1e38}}"
    };
    Outcome outcome =
        run(Stream.concat(Stream.of(wild), Stream.of("--out", "r")).toArray(String[]::new));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(
            "training diverged in epoch 1, batch ",
            "learning rate 1.0E38",
            "gradient norm",
            "the weights kept are those that training started from");
    assertThat(folder.resolve("r/run.json")).content().contains("\"diverged\"");
    // What was kept can be gone on from, as weights that are not finite could not.
    run("--set", "model={from: r}", "--set", "training.epochs=0", "--out", "s").requireDone();
  }

  @Test
  void aPerplexityBeyondADoubleIsNoReasonToStopButNoSuccess() throws IOException {
    Outcome outcome =
        run(
            "--set",
            "training={epochs: 6, clipNorm: null, optimizer: {type: sgd, learningRate: 1e6}}",
            "--out",
            "r");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .containsOnlyOnce("training diverged: epoch 1 has the perplexity inf, where guessing has ")
        .contains(
            "lyricist: training diverged: epoch 6 has the perplexity inf, where guessing has ",
            "; lower training.optimizer.learningRate or set training.clipNorm",
            "the weights kept are those that training started from")
        .doesNotContain("done;");
    assertThat(folder.resolve("r/run.json")).content().contains("\"diverged\"");
    assertThat(folder.resolve("r/curves.svg")).content().contains("no finite numbers to draw");
    assertThat(outcome.out()).contains("epoch 6, perplexity inf, time", "validation inf");
    assertThat(metrics("r").get(5).path("perplexity").isNull()).isTrue();
    assertThat(metrics("r").get(5).path("loss").asDouble()).isGreaterThan(700);
  }
}
