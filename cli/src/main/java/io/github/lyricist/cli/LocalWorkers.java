package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.distributed.Secret;
import io.github.lyricist.distributed.WorkerPlacement;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Workers as processes of this machine, of which this one is the first. */
final class LocalWorkers implements WorkerPlacement {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_SECONDS = 5;

  @Override
  public boolean leaderComputes() {
    return true;
  }

  @Override
  public String leaderAddress() {
    return LOOPBACK;
  }

  @Override
  public Placed start(int count, int port, Secret secret) {
    Processes processes = new Processes();
    try {
      for (int i = 0; i < count; i++) {
        Process process = EngineProcess.start(List.of(WorkerCommand.NAME, LOOPBACK, "" + port));
        processes.started.add(process);
        try (OutputStream in = process.getOutputStream()) {
          in.write((secret.text() + "\n").getBytes(US_ASCII));
        }
      }
      return processes;
    } catch (IOException e) {
      processes.close();
      throw new RunFailedException("a worker did not start: " + e.getMessage(), e);
    }
  }

  private static final class Processes implements Placed {
    private final List<Process> started = new ArrayList<>();

    @Override
    public void requireAlive() {
      for (Process process : started) {
        if (!process.isAlive()) {
          throw new RunFailedException(
              "a worker's process ended with %d before it began".formatted(process.exitValue()));
        }
      }
    }

    /** They end by themselves, unless they hang; nothing is lost with them. */
    @Override
    public void close() {
      for (Process process : started) {
        try {
          if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
          }
        } catch (InterruptedException e) {
          process.destroyForcibly();
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
