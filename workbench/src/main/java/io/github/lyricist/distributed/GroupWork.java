package io.github.lyricist.distributed;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.experiment.JoinedRun;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's part in a group that trains one model. */
final class GroupWork {
  private static final long COURTESY_MILLISECONDS = 1000;

  private final Connection leader;
  private final InetSocketAddress entrance;
  private final Secret secret;

  /**
   * @param entrance where the leader waits for more connections
   */
  GroupWork(Connection leader, InetSocketAddress entrance, Secret secret) {
    this.leader = leader;
    this.entrance = entrance;
    this.secret = secret;
  }

  /** Opens the run, and takes part until the leader hangs up. */
  void take(Path folder, BackendRegistry backends) throws IOException {
    leader.readFile(folder.resolve(RunDirectory.CONFIG));
    leader.readFile(folder.resolve(CheckpointFile.FILE));
    try (JoinedRun run = JoinedRun.open(folder, backends, notice -> {});
        ServerSocket server = new ServerSocket(0, 0, leader.ownAddress())) {
      join(run, server);
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
    peers.set(0, call(entrance, rank));
    for (int other = 1; other < rank; other++) {
      String[] address = addresses.get(other - 1).split(" ", 2);
      InetSocketAddress its = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
      peers.set(other, call(its, rank));
    }
    Entrance door = new Entrance(server, secret);
    for (int i = rank + 1; i < roster.ranks(); i++) {
      Connection peer = door.next(() -> {});
      peers.set(peer.in().readInt(), peer);
      peer.patience(0);
    }
    return peers;
  }

  private Connection call(InetSocketAddress address, int rank) throws IOException {
    Connection peer = Connection.to(address.getHostString(), address.getPort());
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
}
