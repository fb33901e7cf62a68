package io.github.lyricist.distributed;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.install.StagingFolder;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A worker: it does what its leader tells it, until the leader hangs up. */
public final class Worker {
  private static final long PULSE_MILLISECONDS = 1000;

  private final Connection leader;

  private Worker(Connection leader) {
    this.leader = leader;
  }

  /**
   * Works for a leader until it hangs up.
   *
   * @param host where the leader is
   * @param port where it waits
   * @param secret what its group knows
   * @throws RunFailedException if there is no such leader
   */
  public static void run(String host, int port, Secret secret, BackendRegistry backends) {
    try (Connection leader = Connection.to(host, port)) {
      secret.prove(leader, true);
      new Worker(leader).work(new InetSocketAddress(host, port), secret, backends);
    } catch (IOException e) {
      throw new RunFailedException(
          "no leader at %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  private void work(InetSocketAddress entrance, Secret secret, BackendRegistry backends)
      throws IOException {
    Path folder = Files.createTempDirectory("lyricist-worker");
    Thread pulse = new Thread(this::beat, "lyricist-pulse");
    pulse.setDaemon(true);
    try {
      Message task = Message.read(leader);
      pulse.start();
      switch (task) {
        case JOIN -> new GroupWork(leader, entrance, secret).take(folder, backends);
        case TRIAL -> new TrialWork(leader, folder).take(backends);
        default -> throw new IOException("a leader said " + task);
      }
    } catch (EOFException e) {
      // The leader has ended, or has no more work.
    } catch (InvalidInputException e) {
      complain(Message.REFUSED, e);
    } catch (RunFailedException | OutOfMemoryError e) {
      complain(Message.FAILED, e);
    } finally {
      pulse.interrupt();
      StagingFolder.delete(folder);
    }
  }

  private void complain(Message message, Throwable e) throws IOException {
    synchronized (leader) {
      message.write(leader);
      leader.out().writeUTF(String.valueOf(e.getMessage()));
      leader.flush();
    }
  }

  /** Says again and again that this worker is there. */
  private void beat() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PULSE_MILLISECONDS);
        synchronized (leader) {
          Message.ALIVE.write(leader);
          leader.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Whoever reads from the leader sees it, too.
    }
  }
}
