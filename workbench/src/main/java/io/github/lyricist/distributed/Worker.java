package io.github.lyricist.distributed;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.experiment.JoinedRun;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.RunDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker of a group: it does what its leader tells it, until the leader hangs up. */
public final class Worker {
  private static final long PULSE_MILLISECONDS = 1000;
  private static final long COURTESY_MILLISECONDS = 1000;

  private final Connection leader;
  private final String host;
  private final int port;
  private final Secret secret;
  private final BackendRegistry backends;

  private Worker(
      Connection leader, String host, int port, Secret secret, BackendRegistry backends) {
    this.leader = leader;
    this.host = host;
    this.port = port;
    this.secret = secret;
    this.backends = backends;
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
      new Worker(leader, host, port, secret, backends).work();
    } catch (IOException e) {
      throw new RunFailedException(
          "no leader at %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  private void work() throws IOException {
    Path folder = Files.createTempDirectory("lyricist-worker");
    Thread pulse = new Thread(this::beat, "lyricist-pulse");
    pulse.setDaemon(true);
    try {
      leader.readFile(folder.resolve(RunDirectory.CONFIG));
      leader.readFile(folder.resolve(CheckpointFile.FILE));
      pulse.start();
      work(folder);
    } catch (EOFException e) {
      // The leader has ended, or has no more work.
    } finally {
      pulse.interrupt();
      RunDirectory.clear(folder);
      Files.deleteIfExists(folder);
    }
  }

  private void work(Path folder) throws IOException {
    try (JoinedRun run = JoinedRun.open(folder, backends, notice -> {});
        ServerSocket server =
            new ServerSocket(0, 0, isLoopback() ? InetAddress.getLoopbackAddress() : null)) {
      join(run, server);
    } catch (InvalidInputException e) {
      complain(Message.REFUSED, e);
    } catch (RunFailedException | OutOfMemoryError e) {
      complain(Message.FAILED, e);
    }
  }

  private boolean isLoopback() throws IOException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }

  private void complain(Message message, Throwable e) throws IOException {
    synchronized (leader) {
      message.write(leader);
      leader.out().writeUTF(String.valueOf(e.getMessage()));
      leader.flush();
    }
  }

  /** Finds the others, then takes part in each step. */
  private void join(JoinedRun run, ServerSocket server) throws IOException {
    List<String> ready = new ArrayList<>(Identity.of(run.learning().backend()));
    ready.add("" + server.getLocalPort());
    synchronized (leader) {
      Message.READY.write(leader);
      leader.writeTexts(ready);
      leader.flush();
    }
    int rank = leader.in().readInt();
    Roster roster =
        new Roster(leader.in().readInt(), leader.in().readInt(), leader.in().readBoolean());
    List<@Nullable Connection> peers = peers(rank, roster, leader.readTexts(), server);
    try (ShardWork work = new ShardWork(run.learning(), roster, rank);
        Exchange exchange = new Exchange(roster, rank, peers, work.length())) {
      work.restore(run.state().hidden(), run.state().optimizer());
      while (true) {
        Message message = Message.read(leader);
        switch (message) {
          case STEP -> step(work, exchange);
          case HIDDEN -> tell(work.hidden());
          default -> throw new IOException("a leader said " + message);
        }
      }
    } finally {
      for (Connection peer : peers) {
        if (peer != null) {
          peer.close();
        }
      }
    }
  }

  private void step(ShardWork work, Exchange exchange) throws IOException {
    int epoch = leader.in().readInt();
    int first = leader.in().readInt();
    int end = leader.in().readInt();
    double learningRate = leader.in().readDouble();
    try {
      work.take(epoch, first, end, learningRate, exchange);
    } catch (IOException e) {
      pause();
      throw e;
    }
  }

  /** So that the leader first hears of the one on whose account this one ends. */
  private static void pause() {
    try {
      Thread.sleep(COURTESY_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Calls those of lower rank, and waits for those of higher. */
  private List<@Nullable Connection> peers(
      int rank, Roster roster, List<String> addresses, ServerSocket server) throws IOException {
    List<@Nullable Connection> peers = new ArrayList<>(Collections.nCopies(roster.ranks(), null));
    peers.set(0, call(host, port, rank));
    for (int other = 1; other < rank; other++) {
      String[] address = addresses.get(other - 1).split(" ", 2);
      peers.set(other, call(address[0], Integer.parseInt(address[1]), rank));
    }
    Entrance entrance = new Entrance(server, secret);
    for (int i = rank + 1; i < roster.ranks(); i++) {
      Connection peer = entrance.next(() -> {});
      peers.set(peer.in().readInt(), peer);
      peer.patience(0);
    }
    return peers;
  }

  private Connection call(String peerHost, int peerPort, int rank) throws IOException {
    Connection peer = Connection.to(peerHost, peerPort);
    secret.prove(peer, true);
    peer.out().writeInt(rank);
    peer.flush();
    return peer;
  }

  private void tell(List<HiddenState> states) throws IOException {
    int count = 0;
    for (HiddenState state : states) {
      for (String name : state.names()) {
        count += state.get(name).length;
      }
    }
    synchronized (leader) {
      Message.HIDDEN.write(leader);
      leader.out().writeInt(count);
      for (HiddenState state : states) {
        for (String name : state.names()) {
          leader.writeFloats(state.get(name), 0, state.get(name).length);
        }
      }
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
