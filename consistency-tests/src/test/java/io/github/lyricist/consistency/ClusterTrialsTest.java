package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.distributed.ClusterTrials;
import io.github.lyricist.distributed.Secret;
import io.github.lyricist.distributed.Worker;
import io.github.lyricist.distributed.WorkerPlacement;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialResult.Status;
import io.github.lyricist.sweep.TrialRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trials by workers that are threads of this process: they talk as those of a cluster do. */
@Timeout(120)
class ClusterTrialsTest {
  private static final BackendRegistry BACKENDS = BackendRegistry.installed();

  private final List<Integer> epochs = new ArrayList<>();
  private final AtomicInteger starts = new AtomicInteger();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  @SuppressWarnings("NullAway.Init") // written before each test
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    Path text =
        Files.writeString(folder.resolve("text.txt"), "all the rain in the world ".repeat(40));
    config =
        Files.writeString(
            folder.resolve("trial.yaml"),
            """
            corpus: {source: '%s'}
            sampler: {batchSize: 4, steps: 5}
            model: {hidden: 7}
            training: {epochs: 40}
            preview: {every: 0, prefixes: []}
            checkpoint: {every: 5}
            """
                .formatted(text));
  }

  /** Workers that are there, but for the first ones. */
  private WorkerPlacement workers(int failing) {
    return new WorkerPlacement() {
      @Override
      public boolean leaderComputes() {
        return false;
      }

      @Override
      public String leaderAddress() {
        return "127.0.0.1";
      }

      @Override
      public Placed start(int count, int port, Secret secret) {
        assertThat(count).isEqualTo(1);
        boolean fails = starts.getAndIncrement() < failing;
        if (!fails) {
          new Thread(() -> Worker.run("127.0.0.1", port, secret, BACKENDS)).start();
        }
        return new Placed() {
          @Override
          public void requireAlive() {
            if (fails) {
              throw new RunFailedException("on 10.0.0.7: a worker's process ended with 137");
            }
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  private ClusterTrials trials(int failing, int stopAfter) {
    return new ClusterTrials(
        workers(failing),
        Objective.PERPLEXITY,
        (epoch, perplexity) -> epochs.add(epoch),
        () -> epochs.size() >= stopAfter);
  }

  private TrialOutcome here(String name, int to) {
    return Objects.requireNonNull(
        new TrialRun(BACKENDS, Objective.PERPLEXITY, 1, event -> {}, () -> false)
            .train(config, folder.resolve(name), to));
  }

  private void assertSame(TrialOutcome outcome, TrialOutcome expected) {
    assertThat(outcome.result().objective()).isEqualTo(expected.result().objective());
    assertThat(outcome.result().epochs()).isEqualTo(expected.result().epochs());
    assertThat(outcome.result().status()).isEqualTo(Status.FINISHED);
    for (String file : List.of("model.safetensors", "checkpoint.safetensors", "config.yaml")) {
      assertThat(folder.resolve("there").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("here").resolve(file));
    }
  }

  @Test
  void aTrialThereIsTheOneHere() {
    TrialOutcome outcome =
        Objects.requireNonNull(trials(0, 1000).train(config, folder.resolve("there"), 12));
    assertSame(outcome, here("here", 12));
    assertThat(epochs).hasSize(12).endsWith(12);
    assertThat(folder.resolve("there/metrics.jsonl")).content().hasLineCount(12);
  }

  @Test
  void itGoesOnFromWhatWasBroughtBack() {
    assertThat(trials(0, 7).train(config, folder.resolve("there"), 40)).isNull();
    assertThat(folder.resolve("there/run.json")).content().contains("\"interrupted\"");
    int before = epochs.size();
    assertThat(before).isLessThan(40);
    TrialOutcome outcome =
        Objects.requireNonNull(trials(0, 1000).train(config, folder.resolve("there"), 40));
    assertSame(outcome, here("here", 40));
    assertThat(epochs.get(before)).isEqualTo(before + 1);
  }

  @Test
  void anotherWorkerTakesOver() {
    TrialOutcome outcome =
        Objects.requireNonNull(trials(2, 1000).train(config, folder.resolve("there"), 3));
    assertThat(outcome.result().status()).isEqualTo(Status.FINISHED);
    assertThat(starts).hasValue(3);
  }

  @Test
  void butNotForever() {
    TrialOutcome outcome =
        Objects.requireNonNull(trials(3, 1000).train(config, folder.resolve("there"), 3));
    assertThat(outcome.result().status()).isEqualTo(Status.FAILED);
    assertThat(outcome.reason())
        .isEqualTo("on 10.0.0.7: a worker's process ended with 137, 3 times in a row");
    assertThat(starts).hasValue(3);
  }

  @Test
  void whatCannotBeTrainedIsRefusedThere() throws IOException {
    Files.delete(folder.resolve("text.txt"));
    TrialOutcome outcome =
        Objects.requireNonNull(trials(0, 1000).train(config, folder.resolve("there"), 3));
    assertThat(outcome.result().status()).isEqualTo(Status.REFUSED);
    assertThat(outcome.reason()).contains("text.txt");
    assertThat(starts).hasValue(1);
  }
}
