package io.github.lyricist.distributed;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialRun;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.CheckpointSaved;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A worker's part in a sweep: it trains a trial, and sends its leader the run directory as it
 * grows, with each checkpoint.
 */
final class TrialWork {
  private final Connection leader;
  private final Path folder;
  private final RunFiles files;
  private volatile boolean stopRequested;

  /**
   * @param folder where it can write
   */
  TrialWork(Connection leader, Path folder) {
    this.leader = leader;
    this.folder = folder;
    this.files = new RunFiles(run(folder));
  }

  /** Where in a worker's folder the run is. */
  private static Path run(Path folder) {
    return folder.resolve("run");
  }

  /** Trains it, to its end or until the leader wants no more. */
  void take(BackendRegistry backends) throws IOException {
    Objective objective = Objective.valueOf(leader.in().readUTF());
    int epochs = leader.in().readInt();
    Path config = folder.resolve(RunDirectory.CONFIG);
    leader.readFile(config);
    files.receive(leader);
    Thread ear = new Thread(this::listen, "lyricist-ear");
    ear.setDaemon(true);
    ear.start();
    TrialOutcome outcome =
        new TrialRun(backends, objective, 1, this::tell, () -> stopRequested)
            .train(config, run(folder), epochs);
    synchronized (leader) {
      sendFiles();
      Message.OUTCOME.write(leader);
      leader.out().writeUTF(outcome == null ? "" : outcome.json());
      leader.flush();
    }
  }

  /** The leader says only that it is to end, or is no more. */
  private void listen() {
    try {
      Message.read(leader);
    } catch (IOException e) {
      // The same.
    }
    stopRequested = true;
  }

  private void tell(TrainingEvent event) {
    try {
      synchronized (leader) {
        if (event instanceof EpochDone done) {
          Message.EPOCH.write(leader);
          leader.out().writeInt(done.result().epoch());
          leader.out().writeDouble(done.result().perplexity());
          leader.flush();
        } else if (event instanceof CheckpointSaved) {
          sendFiles();
          leader.flush();
        }
      }
    } catch (IOException e) {
      stopRequested = true; // there is nobody to train for
    }
  }

  private void sendFiles() throws IOException {
    Message.FILES.write(leader);
    files.send(leader);
  }
}
