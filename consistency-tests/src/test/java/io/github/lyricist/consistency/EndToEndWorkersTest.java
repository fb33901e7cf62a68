package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import io.github.lyricist.run.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run --workers}: as many processes as one likes, the same bytes. */
class EndToEndWorkersTest {
  private static final String SHARDS = "training.shards=4";
  private static final String ADAM = "training.optimizer={type: adam, learningRate: 0.01}";
  private static final List<String> LONG =
      List.of(
          "sampler={type: consecutive, batchSize: 10, steps: 5, carryState: true}",
          "model={cell: lstm, hidden: 9, layers: 2, embedding: 6, dropout: 0.3}",
          ADAM,
          SHARDS,
          "training.accumulate=2",
          "training.epochs=400",
          "checkpoint.every=5",
          "preview={every: 0, prefixes: []}");

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

  private void assertSameBytes(String directory) {
    for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(folder.resolve(directory).resolve(file))
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampler={type: random, batchSize: 6, steps: 5}; model={cell: rnn, hidden: 7, dropout: 0.2}",
        "sampler={type: consecutive, batchSize: 7, steps: 5, carryState: true};"
            + "model={cell: lstm, hidden: 9, layers: 2, dropout: 0.2}"
      })
  void twoAndFourWorkersLeaveTheBytesOfOneProcess(String experiment) {
    List<String> settings = new ArrayList<>(List.of(experiment.split("; *", -1)));
    settings.addAll(List.of(ADAM, SHARDS, "training.epochs=6", "preview.every=2"));
    program(TinyExperiment.run(settings, "a", "--threads", "1")).requireDone();
    program(TinyExperiment.run(settings, "t", "--threads", "2")).requireDone();
    Outcome two = program(TinyExperiment.run(settings, "b", "--workers", "2")).requireDone();
    program(TinyExperiment.run(settings, "c", "--workers", "4")).requireDone();
    assertThat(two.out()).contains("epoch 6, perplexity ");
    assertSameBytes("t");
    assertSameBytes("b");
    assertSameBytes("c");
  }

  @Test
  void workersThatAreKilledCostNothingButTime() throws Exception {
    program(TinyExperiment.run(LONG, "a")).requireDone();
    try (Running running =
        Program.in(folder).within(300).start(TinyExperiment.run(LONG, "b", "--workers", "2"))) {
      for (int epoch = 20; epoch <= 100; epoch += 20) {
        awaitEpoch(running, epoch);
        signalWorkers("KILL");
      }
      Outcome outcome = running.end().requireDone();
      assertThat(outcome.err().split("has ended; going on from the checkpoint", -1)).hasSize(6);
    }
    assertSameBytes("b");
    assertThat(Metrics.read(folder.resolve("b"))).hasSize(400);
  }

  @Test
  void aWorkerThatHangsIsMissedAfterFifteenSeconds() throws Exception {
    program(TinyExperiment.run(LONG, "a")).requireDone();
    try (Running running =
        Program.in(folder).within(300).start(TinyExperiment.run(LONG, "b", "--workers", "2"))) {
      awaitEpoch(running, 20);
      signalWorkers("STOP");
      assertThat(running.end().requireDone().err())
          .contains("worker 1 on 127.0.0.1 has not been heard of for 15 s; going on from");
    }
    assertSameBytes("b");
  }

  @Test
  void aLeaderThatIsKilledTakesItsWorkersAlongAndCanBeResumed() throws Exception {
    program(TinyExperiment.run(LONG, "a")).requireDone();
    try (Running running =
        Program.in(folder).start(TinyExperiment.run(LONG, "b", "--workers", "2"))) {
      awaitEpoch(running, 20);
      running.signal("KILL").end();
    }
    awaitNoWorker();
    try (Running running = Program.in(folder).start("resume", "b", "--workers", "4")) {
      awaitEpoch(running, 60);
      Outcome outcome = running.signal("INT").end();
      assertThat(outcome.exitCode()).isEqualTo(130);
    }
    program("resume", "b").requireDone();
    assertSameBytes("b");
  }

  private void awaitEpoch(Running running, int epoch) throws IOException, InterruptedException {
    running.awaitText(folder.resolve("b/metrics.jsonl"), "\"epoch\":" + epoch + ",");
  }

  private static Stream<ProcessHandle> workers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream()
                    .flatMap(Stream::of)
                    .anyMatch(word -> word.equals("worker")));
  }

  private static void signalWorkers(String name) throws IOException, InterruptedException {
    List<ProcessHandle> workers = workers().toList();
    assertThat(workers).isNotEmpty();
    for (ProcessHandle worker : workers) {
      new ProcessBuilder("kill", "-" + name, "" + worker.pid()).start().waitFor();
    }
  }

  private static void awaitNoWorker() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (workers().findAny().isPresent()) {
      assertThat(System.nanoTime()).as("the workers end in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void otherEnginesAgree(String engine) {
    List<String> settings =
        List.of("backend=" + engine, "sampler.batchSize=6", ADAM, "training.epochs=6");
    program(TinyExperiment.run(settings, "a")).requireDone();
    List<String> cut = new ArrayList<>(settings);
    cut.add("training.shards=3");
    program(TinyExperiment.run(cut, "b", "--workers", "2")).requireDone();
    double expected = Metrics.read(folder.resolve("a")).get(5).perplexity();
    assertThat(Metrics.read(folder.resolve("b")).get(5).perplexity())
        .isCloseTo(expected, within(1e-5 * expected));
  }

  @Test
  void moreWorkersThanShardsAreRefused() {
    Outcome outcome = program(TinyExperiment.run(List.of(SHARDS), "b", "--workers", "5"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            "--workers 5: the experiment has 4 shards to share out; set training.shards to 5");
    assertThat(folder.resolve("b")).doesNotExist();
  }
}
