package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import io.github.lyricist.consistency.Program.Running;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code run --master} and {@code sweep --master}: on Spark's own cluster of this machine, and on
 * one of real processes, a master and two workers.
 */
class EndToEndSparkTest {
  private static final List<String> LONG =
      List.of(
          "sampler={type: consecutive, batchSize: 10, steps: 5, carryState: true}",
          "model={cell: lstm, hidden: 9, layers: 2, embedding: 6, dropout: 0.3}",
          "training.optimizer={type: adam, learningRate: 0.01}",
          "training.shards=4",
          "training.epochs=2000",
          "checkpoint.every=5",
          "preview={every: 0, prefixes: []}");
  private static final String SWEEP =
      """
      name: s
      base: %s
      objective: perplexity
      space:
        training.epochs: [300]
        checkpoint.every: [20]
        model.hidden: [5, 7]
        model.cell: [rnn, gru]
      """
          .formatted(TinyExperiment.CONFIG);

  @SuppressWarnings("NullAway.Init") // started before all tests
  private static Process cluster;

  @SuppressWarnings("NullAway.Init")
  private static String master;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @BeforeAll
  static void startCluster(@TempDir Path work) throws IOException {
    Program.in(work).within(1200).run("install", "spark").requireDone();
    ProcessBuilder script =
        new ProcessBuilder(Program.ROOT.resolve("spark/standalone").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    cluster = script.start();
    BufferedReader output = cluster.inputReader();
    master = String.valueOf(output.readLine());
    assertThat(master).startsWith("spark://127.0.0.1:");
  }

  @AfterAll
  static void endCluster() throws InterruptedException {
    cluster.destroy();
    assertThat(cluster.waitFor()).isEqualTo(143);
  }

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
    Files.writeString(folder.resolve("s.yaml"), SWEEP);
  }

  private Outcome program(String... arguments) {
    return Program.in(folder).within(300).run(arguments);
  }

  private void assertSameBytes(String directory) {
    for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(folder.resolve(directory).resolve(file))
          .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
    }
  }

  @Test
  void sparksOwnClusterOfThisMachineLeavesTheBytesOfOneProcess() {
    List<String> settings =
        List.of(
            "sampler={type: random, batchSize: 6, steps: 5}",
            "model={cell: rnn, hidden: 7, dropout: 0.2}",
            "training.optimizer={type: adam, learningRate: 0.01}",
            "training.shards=4",
            "training.epochs=6");
    program(TinyExperiment.run(settings, "a")).requireDone();
    program(
            TinyExperiment.run(
                settings, "b", "--workers", "2", "--master", "local-cluster[2,1,1024]"))
        .requireDone();
    assertSameBytes("b");
  }

  @Test
  void workersAndExecutorsThatAreKilledCostNothingButTime() throws Exception {
    program(TinyExperiment.run(LONG, "a")).requireDone();
    try (Running running =
        Program.in(folder)
            .within(300)
            .start(TinyExperiment.run(LONG, "b", "--workers", "2", "--master", master))) {
      for (int epoch = 20; epoch <= 60; epoch += 20) {
        running.awaitText(folder.resolve("b/metrics.jsonl"), "\"epoch\":" + epoch + ",");
        kill(epoch == 40 ? "org.apache.spark.executor.CoarseGrainedExecutorBackend" : "worker");
      }
      // Two at least: an executor's worker may outlive it, until the next one is killed.
      Outcome outcome = running.end().requireDone();
      assertThat(outcome.err().split("has ended; going on from the checkpoint", -1))
          .hasSizeGreaterThan(2);
    }
    assertSameBytes("b");
  }

  /** One of what the cluster has started with this word in its command line. */
  private static void kill(String word) throws InterruptedException {
    List<ProcessHandle> found = List.of();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (found.isEmpty()) { // one that was killed before may not be back yet
      assertThat(System.nanoTime()).as(word).isLessThan(deadline);
      Thread.sleep(50);
      found =
          cluster
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .filter(
                  process ->
                      process.info().arguments().stream()
                          .flatMap(Stream::of)
                          .anyMatch(argument -> argument.equals(word)))
              .toList();
    }
    assertThat(found.get(0).destroyForcibly()).isTrue();
  }

  @Test
  void aSweepOnAClusterThatIsKilledEndsAsOneThatIsHere() throws Exception {
    program("sweep", "s.yaml", "--out", "a").requireDone();
    String[] sweep = {"sweep", "s.yaml", "--out", "b", "--master", master};
    try (Running running = Program.in(folder).start(sweep)) {
      running.awaitText(folder.resolve("b/trials.jsonl"), "finished");
      running.signal("KILL").end();
    }
    int first = EndToEndSweepTest.trials(folder.resolve("b")).get(0).get("trial").intValue();
    try (Running running = Program.in(folder).start("sweep", "b", "--master", master)) {
      running.awaitText(folder.resolve("b/runs/04/metrics.jsonl"), "\"epoch\":20,");
      assertThat(running.signal("INT").end().exitCode()).isEqualTo(130);
    }
    Outcome last = program("sweep", "b", "--master", master).requireDone();
    assertThat(EndToEndSweepTest.trials(folder.resolve("b")))
        .isEqualTo(EndToEndSweepTest.trials(folder.resolve("a")))
        .hasSize(4);
    assertThat(last.err()).doesNotContain("trial " + first + " ");
    for (String trial : List.of("01", "02", "03", "04")) {
      assertThat(folder.resolve("b/runs").resolve(trial).resolve("model.safetensors"))
          .hasSameBinaryContentAs(
              folder.resolve("a/runs").resolve(trial).resolve("model.safetensors"));
    }
  }

  @Test
  void thePackedProgramIsAnApplication() throws IOException {
    List<String> settings = List.of("training.shards=2");
    program(TinyExperiment.run(settings, "a")).requireDone();
    program("pack", "lyricist.jar").requireDone();
    List<String> submit =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                sparksOwnJars(),
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master,
                "lyricist.jar"));
    submit.addAll(List.of(TinyExperiment.run(settings, "b", "--workers", "2")));
    Outcome outcome = Program.in(folder).within(300).as(submit).run().requireDone();
    assertThat(outcome.out()).contains("epoch 4, perplexity ");
    assertSameBytes("b");
  }

  private static String sparksOwnJars() throws IOException {
    try (Stream<Path> jars = Files.list(Program.INSTALLED.resolve("lib/engines/spark"))) {
      return jars.filter(jar -> !jar.getFileName().toString().startsWith("lyricist-"))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void tooFewSlotsAreSaidBeforeAnythingIsWaitedFor() {
    Outcome outcome =
        program(
            TinyExperiment.run(
                List.of("training.shards=4"), "b", "--workers", "3", "--master", master));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            " of 3 slots so far; waiting for more",
            "lyricist: --workers 3: the cluster has 2 slots; give fewer, or add machines to it");
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void whereThereIsNoClusterIsSaid() {
    Outcome nobody =
        program(
            TinyExperiment.run(
                List.of(), "b", "--workers", "1", "--master", "spark://127.0.0.1:1"));
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.err())
        .contains(
            "lyricist: --master spark://127.0.0.1:1: there is no master: Connection refused;");
    Outcome unknown =
        program(TinyExperiment.run(List.of(), "b", "--workers", "1", "--master", "mesos://a:1"));
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--master mesos://a:1: no Spark cluster; expected spark://HOST:PORT, local[N]");
  }
}
