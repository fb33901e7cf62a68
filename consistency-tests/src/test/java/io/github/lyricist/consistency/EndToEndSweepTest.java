package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code sweep} of the packaged program, with processes that are killed. */
class EndToEndSweepTest {
  private static final String HEAD =
      "name: s\nbase: " + TinyExperiment.CONFIG + "\nobjective: perplexity\n";
  private static final String GRID =
      HEAD
          + """
          space:
            training.epochs: [300]
            checkpoint.every: [20]
            model.hidden: [5, 7]
            seed: [1, 2]
          """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  private Outcome sweep(String yaml, String directory, String... more) throws IOException {
    return Program.in(folder).run(command(yaml, directory, more));
  }

  private String[] command(String yaml, String directory, String... more) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), yaml);
    return Stream.concat(Stream.of("sweep", "s.yaml", "--out", directory), Stream.of(more))
        .toArray(String[]::new);
  }

  /** What became of the trials, but for the time that it took. */
  static List<JsonNode> trials(Path directory) throws IOException {
    List<JsonNode> trials = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("trials.jsonl"))) {
      trials.add(((ObjectNode) new ObjectMapper().readTree(line)).without("seconds"));
    }
    return trials;
  }

  private List<JsonNode> trials(String directory) throws IOException {
    return trials(folder.resolve(directory));
  }

  @Test
  void aSweepThatIsKilledThreeTimesEndsAsOneThatIsNot() throws Exception {
    Outcome whole = sweep(GRID, "a").requireDone();
    assertThat(whole.out())
        .startsWith("trial  perplexity  epochs  seconds    status  model.hidden  seed\n")
        .hasLineCount(5);
    assertThat(whole.err())
        .contains("4 trials, each to epoch 300", "the best config is a/best.yaml");
    try (Running running = Program.in(folder).start(command(GRID, "b"))) {
      running.awaitText(folder.resolve("b/trials.jsonl"), "finished");
      running.signal("KILL").end();
    }
    for (String next : List.of("runs/02/metrics.jsonl", "runs/04/metrics.jsonl")) {
      try (Running running = Program.in(folder).start("sweep", "b")) {
        running.awaitText(folder.resolve("b").resolve(next), "\"epoch\":30,");
        running.signal("KILL").end();
      }
    }
    Outcome last = Program.in(folder).run("sweep", "b").requireDone();
    assertThat(trials("b")).isEqualTo(trials("a")).hasSize(4);
    assertThat(last.err()).doesNotContain("trial 1 ");
    for (String trial : List.of("01", "02", "03", "04")) {
      assertThat(folder.resolve("b/runs").resolve(trial).resolve("model.safetensors"))
          .hasSameBinaryContentAs(
              folder.resolve("a/runs").resolve(trial).resolve("model.safetensors"));
    }
    assertThat(folder.resolve("b/best.yaml"))
        .hasSameTextualContentAs(folder.resolve("a/best.yaml"));
    assertThat(folder.resolve("b/report.html")).content().contains("Leaderboard", "</html>");
    sweepBestConfig();
  }

  /** The best config is one to run as it is. */
  private void sweepBestConfig() {
    Outcome run =
        Program.in(folder).run("run", "a/best.yaml", "--epochs", "3", "--out", "best", "--quiet");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  @Test
  void aTrialThatIsKilledGoesOnFromItsCheckpoint() throws Exception {
    sweep(GRID, "a").requireDone();
    try (Running running = Program.in(folder).start(command(GRID, "b", "--parallel", "2"))) {
      running.awaitText(folder.resolve("b/runs/01/metrics.jsonl"), "\"epoch\":30,");
      ProcessHandle trial =
          ProcessHandle.allProcesses()
              .filter(
                  process ->
                      process.info().arguments().stream()
                          .flatMap(Stream::of)
                          .anyMatch(word -> word.equals("b/runs/01")))
              .findAny()
              .orElseThrow();
      assertThat(trial.destroyForcibly()).isTrue();
      running.end().requireDone();
    }
    assertThat(trials("b")).isEqualTo(trials("a"));
  }

  @Test
  void anInterruptedSweepSaysHowToGoOn() throws Exception {
    Files.writeString(folder.resolve("s.yaml"), GRID);
    try (Running running =
        Program.in(folder).start("sweep", "s.yaml", "--out", "b", "--parallel", "2")) {
      running.awaitText(folder.resolve("b/runs/01/metrics.jsonl"), "\"epoch\":30,");
      Outcome stopped = running.signal("TERM").end();
      assertThat(stopped.exitCode()).isEqualTo(143);
      assertThat(stopped.err()).contains("interrupted; to go on: ", " sweep b");
    }
    assertThat(folder.resolve("b/runs/01/checkpoint.safetensors")).exists();
    Program.in(folder).run("sweep", "b").requireDone();
    sweep(GRID, "a").requireDone();
    assertThat(trials("b")).isEqualTo(trials("a"));
  }

  /** With gradients clipped this short, a higher rate is the better one all along. */
  @Test
  void halvingFindsTheBestInLessThanHalfTheEpochs() throws IOException {
    String yaml =
        HEAD
            + """
            search: halving
            halving: {factor: 3, from: 1}
            space:
              training.epochs: [9]
              training.optimizer.learningRate: [0.1, 0.01, 1, 0.001, 0.3, 3, 0.03, 0.003, 10]
            """;
    sweep(yaml, "h", "--parallel", "2").requireDone();
    List<JsonNode> trials = trials("h");
    assertThat(trials.stream().map(trial -> trial.path("epochs").asInt()))
        .containsExactly(1, 1, 3, 1, 1, 3, 1, 1, 9);
    assertThat(folder.resolve("h/best.yaml")).content().startsWith("# trial 9: learningRate=10\n");
    assertThat(folder.resolve("h/runs/09/metrics.jsonl")).content().hasLineCount(9);
  }

  @Test
  void whatBreaksIsAResult() throws IOException {
    String yaml =
        HEAD
            + """
            space:
              training.clipNorm: [null]
              training.optimizer.learningRate: [1, 1e9]
              model.hidden: [7, 60000]
            """;
    Outcome outcome = sweep(yaml, "b", "--parallel", "2").requireDone();
    assertThat(trials("b").stream().map(trial -> trial.path("status").asText()))
        .containsExactly("finished", "refused", "diverged", "refused");
    assertThat(outcome.err())
        .contains("trial 2 (learningRate=1 hidden=60000) refused: a tensor of the model would have")
        .contains("trial 3 (learningRate=1E+9 hidden=7) diverged: training diverged");
  }

  @Test
  void everyEngineSweeps() throws IOException {
    sweep(HEAD + "space: {backend: [scratch, nd4j, djl]}\n", "b").requireDone();
    List<JsonNode> trials = trials("b");
    double scratch = trials.get(0).path("objective").asDouble();
    assertThat(trials)
        .hasSize(3)
        .allSatisfy(
            trial ->
                assertThat(trial.path("objective").asDouble())
                    .isCloseTo(scratch, within(1e-4 * scratch)));
  }

  @Test
  void theTestPartAndTheTextHeldOut() throws IOException {
    String held = "space: {corpus.validation: [0.2], corpus.test: [0.2], seed: [1, 2]}\n";
    String head = HEAD.replace("objective: perplexity\n", "");
    sweep(head + "objective: testPerplexity\n" + held, "t").requireDone();
    sweep(head + "objective: validationPerplexity\n" + held, "v").requireDone();
    Outcome eval =
        Program.in(folder).run("eval", "t/runs/02", "--part", "test", "--json").requireDone();
    assertThat(trials("t").get(1).path("objective").asDouble())
        .isEqualTo(new ObjectMapper().readTree(eval.out()).path("perplexity").asDouble());
    String metrics = Files.readString(folder.resolve("v/runs/02/metrics.jsonl"));
    assertThat(metrics)
        .contains("\"validationPerplexity\":" + trials("v").get(1).path("objective").asText());
  }
}
