package io.github.lyricist.distributed;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trials that are trained by workers elsewhere, one worker each. What they write is brought back
 * with each checkpoint; when one is lost, another goes on from there.
 */
public final class ClusterTrials implements TrialRunner {
  private static final int ATTEMPTS = 3;

  private final WorkerPlacement placement;
  private final Objective objective;
  private final BiConsumer<Integer, Double> progress;
  private final BooleanSupplier stopRequested;

  /**
   * @param progress told of each epoch, by whichever trial: its number and perplexity
   * @param stopRequested asked now and then; true ends the trials with a checkpoint
   */
  public ClusterTrials(
      WorkerPlacement placement,
      Objective objective,
      BiConsumer<Integer, Double> progress,
      BooleanSupplier stopRequested) {
    this.placement = placement;
    this.objective = objective;
    this.progress = progress;
    this.stopRequested = stopRequested;
  }

  @Override
  public @Nullable TrialOutcome train(Path config, Path folder, int epochs) {
    String reason = "";
    for (int i = 0; i < ATTEMPTS && !stopRequested.getAsBoolean(); i++) {
      try {
        return byWorker(config, folder, epochs);
      } catch (IOException e) {
        reason = "its worker has ended";
      } catch (RunFailedException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    return stopRequested.getAsBoolean()
        ? null
        : TrialOutcome.failed("%s, %d times in a row".formatted(reason, ATTEMPTS));
  }

  private @Nullable TrialOutcome byWorker(Path config, Path folder, int epochs) throws IOException {
    Secret secret = Secret.fresh();
    InetAddress address = InetAddress.getByName(placement.leaderAddress());
    try (ServerSocket server = new ServerSocket(0, 1, address);
        WorkerPlacement.Placed placed = placement.start(1, server.getLocalPort(), secret);
        Connection worker = new Entrance(server, secret).next(placed::requireAlive)) {
      worker.patience(Member.PATIENCE_MILLISECONDS);
      RunFiles files = new RunFiles(folder);
      Message.TRIAL.write(worker);
      worker.out().writeUTF(objective.name());
      worker.out().writeInt(epochs);
      worker.writeFile(config);
      files.send(worker);
      worker.flush();
      return outcome(worker, files);
    }
  }

  private @Nullable TrialOutcome outcome(Connection worker, RunFiles files) throws IOException {
    boolean isTold = false;
    while (true) {
      Message message = Message.read(worker);
      switch (message) {
        case ALIVE -> {}
        case EPOCH -> progress.accept(worker.in().readInt(), worker.in().readDouble());
        case FILES -> files.receive(worker);
        case OUTCOME -> {
          String json = worker.in().readUTF();
          return json.isEmpty() ? null : TrialOutcome.parse(json);
        }
        case REFUSED, FAILED -> throw new RunFailedException(worker.in().readUTF());
        default -> throw new IOException("a worker said " + message);
      }
      if (stopRequested.getAsBoolean() && !isTold) {
        Message.STOP.write(worker);
        worker.flush();
        isTold = true;
      }
    }
  }
}
