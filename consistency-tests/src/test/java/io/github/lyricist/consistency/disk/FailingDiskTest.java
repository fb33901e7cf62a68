package io.github.lyricist.consistency.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.consistency.disk.FailingDisk.Killed;
import io.github.lyricist.consistency.disk.FailingDisk.Operation;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.training.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A short run on a disk that fails at the n-th operation, for every n: whatever became of it, the
 * folder can be read, and the run is resumed to the end that it would have had, or it is said that
 * it has to start again.
 */
class FailingDiskTest {
  private static final String CONFIG =
      """
      corpus: {source: text.txt, validation: 0.2}
      sampler: {batchSize: 2, steps: 5}
      model: {hidden: 3}
      threads: 1
      training: {epochs: 3, optimizer: {type: adam}, tensorboard: true}
      preview: {every: 1, prefixes: [b, da], length: 3}
      checkpoint: {every: 1}
      """;

  /** What was in the folders of the runs that were resumed, in all tests. */
  private static final Set<Map<String, String>> RESUMED = new HashSet<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private final List<String> notices = new ArrayList<>();
  private Map<String, String> whole = Map.of();

  @BeforeEach
  void runUndisturbed() throws IOException {
    Files.writeString(folder.resolve("text.txt"), "abcd ".repeat(20));
    Files.writeString(folder.resolve("c.yaml"), CONFIG);
    assertThat(run(folder.resolve("whole"))).isEqualTo(Status.FINISHED);
    whole = content(folder.resolve("whole"));
  }

  private Status run(Path run) {
    return experiment(ConfigReader.read(folder.resolve("c.yaml"), List.of(), folder, model -> null))
        .run(run);
  }

  private Status resume(Path run) {
    RunDirectory.requireRun(run);
    return experiment(ConfigReader.readOfRun(run.resolve(RunDirectory.CONFIG), List.of()))
        .resume(run);
  }

  private Experiment experiment(Config config) {
    notices.clear();
    return new Experiment(
        config.spec(),
        BackendRegistry.installed(),
        event -> {
          if (event instanceof TrainingEvent.Notice notice) {
            notices.add(notice.message());
          }
        },
        () -> false);
  }

  @ParameterizedTest
  @EnumSource
  void aRun(Failure failure) throws IOException {
    int points = forEachPoint(failure, n -> folder.resolve("r" + n), this::run);
    assertThat(points).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource
  void aResumption(Failure failure) throws IOException {
    int checkpointOfTwo = checkpointOfTwo();
    int points = forEachPoint(failure, n -> killed(n, checkpointOfTwo), this::resume);
    assertThat(points).isGreaterThan(60);
  }

  /** What is done to a run directory. */
  @FunctionalInterface
  private interface Work {
    Status on(Path run);
  }

  /** Makes the run directory that the n-th operation is going to fail on. */
  @FunctionalInterface
  private interface Before {
    Path number(int n) throws IOException;
  }

  /**
   * Lets the first operation fail, then the second, until none does; returns how many there were.
   */
  private int forEachPoint(Failure failure, Before before, Work work) throws IOException {
    for (int n = 1; ; n++) {
      Path run = before.number(n);
      FailingDisk disk = new FailingDisk(n, failure);
      Throwable thrown = thrownBy(work, disk.wrapPath(run));
      if (!disk.hasFailed()) {
        assertThat(thrown).isNull();
        assertThat(content(run)).isEqualTo(whole);
        return n - 1;
      }
      try {
        if (!disk.failed().kind().equals("create")) { // Java tries once more to make a folder
          requireNamed(disk.failed(), thrown);
        }
        requireReadable(run);
        requireResumable(run);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "%s at operation %d, %s; thrown: %s; notices: %s"
                .formatted(failure, n, disk.failed(), thrown, notices),
            e);
      }
    }
  }

  private static @Nullable Throwable thrownBy(Work work, Path run) {
    try {
      work.on(run);
      return null;
    } catch (RunFailedException | Killed e) {
      return e;
    }
  }

  /** The message says which file it was; pictures that can't be drawn are worth a notice alone. */
  private void requireNamed(Operation failed, @Nullable Throwable thrown) {
    if (thrown instanceof Killed) {
      return;
    }
    String reason = ": writing failed: " + FailingDisk.REASON;
    if (thrown == null || failed.path().toString().contains("curves.")) {
      assertThat(notices)
          .anyMatch(notice -> notice.matches("no curves: .+/curves\\.[a-z]+" + reason));
    } else if (Files.isDirectory(failed.path())) {
      assertThat(thrown).hasMessageMatching(Pattern.quote(failed.path() + "/") + "[^/]+" + reason);
    } else {
      String file = failed.path().toString();
      String meant = file.replaceFirst("\\.([^/]+)\\.[0-9]+\\.tmp$", "$1");
      assertThat(thrown.getMessage()).isIn(file + reason, meant + reason);
    }
  }

  private static void requireReadable(Path run) {
    if (Files.exists(run.resolve("model.safetensors"))) {
      SavedModel.open(run).parameters();
    }
    if (Files.exists(run.resolve("config.yaml")) && Files.exists(run.resolve("run.json"))) {
      StoredRun.read(run);
    }
  }

  /** Resumes a run from what is in its folder, unless that has been tried before. */
  private void requireResumable(Path run) throws IOException {
    if (!RESUMED.add(content(run))) {
      return;
    }
    boolean hasCheckpoint = Files.exists(run.resolve("checkpoint.safetensors"));
    try {
      assertThat(resume(new FailingDisk().wrapPath(run))).isEqualTo(Status.FINISHED);
      assertThat(content(run)).isEqualTo(whole);
    } catch (InvalidInputException e) {
      assertThat(hasCheckpoint).as(e.getMessage()).isFalse();
    }
  }

  /**
   * A run that was killed when it had two epochs and the checkpoint of one, and that has lost its
   * model.
   */
  private Path killed(int number, int checkpointOfTwo) throws IOException {
    Path run = folder.resolve("k" + number);
    FailingDisk disk = new FailingDisk(checkpointOfTwo, Failure.KILLED);
    assertThat(thrownBy(this::run, disk.wrapPath(run))).isInstanceOf(Killed.class);
    Files.delete(run.resolve("model.safetensors"));
    return run;
  }

  /** The number of the operation that puts the checkpoint of the second epoch in its place. */
  private int checkpointOfTwo() {
    FailingDisk disk = new FailingDisk();
    run(disk.wrapPath(folder.resolve("counted")));
    int renames = 0;
    int number = 0;
    while (renames <= 2) {
      Operation operation = disk.operations().get(number++);
      if (operation.kind().equals("rename")
          && operation.path().endsWith(".checkpoint.safetensors.0.tmp")) {
        renames++;
      }
    }
    return number;
  }

  /** What is in a run directory, but for what time took, by name. */
  private static Map<String, String> content(Path run) throws IOException {
    Map<String, String> content = new TreeMap<>();
    if (!Files.exists(run)) {
      return content;
    }
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        content.put(name.replaceFirst("tfevents.*", "tfevents"), content(file, name));
      }
    }
    return content;
  }

  private static String content(Path file, String name) throws IOException {
    String content = Files.readString(file, ISO_8859_1);
    if (name.startsWith("curves.")) {
      return content.matches("(?s)<svg.*</svg>\\s*|\\x89PNG.*IEND....") ? "a picture" : "broken";
    }
    if (name.startsWith("events.") || name.endsWith(".tmp")) {
      return "whatever";
    }
    return content
        .replaceAll("\"(seconds|charactersPerSecond)\" ?: ?[^,]*", "")
        .replaceAll("\"(start|resumed)\" ?: ?[^,]*", "")
        .replaceAll("\"end\" ?: ?\"[^,]*\"", "ended");
  }
}
