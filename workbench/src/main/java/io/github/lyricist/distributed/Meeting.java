package io.github.lyricist.distributed;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A leader with its workers, from when they have found one another until one is lost or all go. */
final class Meeting implements AutoCloseable {
  private static final int REASON_SECONDS = 3;
  private static final long ANSWER_MILLISECONDS = 200;

  private final WorkerPlacement.Placed placed;
  private final List<Member> members = new ArrayList<>(); // ranks from 1
  private final List<@Nullable Connection> peers = new ArrayList<>(); // by rank
  private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();
  private @Nullable Exchange exchange; // once all have met

  /** Something that needs all members. */
  @FunctionalInterface
  interface Work<T> {
    T with(Meeting meeting) throws IOException;
  }

  private Meeting(WorkerPlacement.Placed placed) {
    this.placed = placed;
  }

  /**
   * Starts the workers, and waits until all have opened the run.
   *
   * @param folder the run directory
   * @param length how many elements a gradient has
   * @throws io.github.lyricist.InvalidInputException if one can't take part
   * @throws RunFailedException if one fails
   */
  static Meeting open(
      Path folder, Backend backend, Roster roster, WorkerPlacement placement, int length) {
    Secret secret = Secret.fresh();
    int workers = roster.ranks() - 1;
    try (ServerSocket server =
        new ServerSocket(0, 2 * workers + 1, InetAddress.getByName(placement.leaderAddress()))) {
      Entrance entrance = new Entrance(server, secret);
      Meeting meeting = new Meeting(placement.start(workers, server.getLocalPort(), secret));
      try {
        return meeting.during(met -> met.met(folder, backend, roster, entrance, length));
      } catch (RuntimeException | Error e) {
        meeting.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RunFailedException("the workers did not meet: " + e.getMessage(), e);
    }
  }

  private Meeting met(Path folder, Backend backend, Roster roster, Entrance entrance, int length)
      throws IOException {
    for (int rank = 1; rank < roster.ranks(); rank++) {
      Connection connection = entrance.next(this::requireAll);
      String name = "worker %d on %s".formatted(rank, connection.otherHost());
      members.add(new Member(name, connection, this::broken));
    }
    for (Member member : members) {
      Message.JOIN.write(member.connection());
      member.connection().writeFile(folder.resolve(RunDirectory.CONFIG));
      member.connection().writeFile(folder.resolve(CheckpointFile.FILE));
      member.connection().flush();
      member.start();
    }
    List<String> leader = Identity.of(backend);
    List<String> addresses = new ArrayList<>();
    for (Member member : members) {
      List<String> ready = answer(member).texts();
      int port = ready.size() - 1;
      Identity.requireSame(leader, ready.subList(0, port), member.name());
      addresses.add(member.connection().otherHost() + " " + ready.get(port));
    }
    for (int i = 0; i < members.size(); i++) {
      Connection to = members.get(i).connection();
      to.out().writeInt(i + 1);
      to.out().writeInt(roster.ranks());
      to.out().writeInt(roster.shards());
      to.out().writeBoolean(roster.leaderComputes());
      to.writeTexts(addresses);
      to.flush();
    }
    for (int rank = 0; rank < roster.ranks(); rank++) {
      peers.add(null);
    }
    for (int i = 0; i < members.size(); i++) {
      Connection peer = entrance.next(this::requireAll);
      peers.set(peer.in().readInt(), peer);
      peer.patience(0);
    }
    exchange = new Exchange(roster, 0, peers, length);
    return this;
  }

  /** Checks, while one waits for a member, that all are still there. */
  private void requireAll() {
    if (failure.isDone()) {
      throw failure.join();
    }
    try {
      placed.requireAlive();
    } catch (RunFailedException e) { // others may have more luck
      throw new WorkerLostException(String.valueOf(e.getMessage()));
    }
  }

  Exchange exchange() {
    return Objects.requireNonNull(exchange);
  }

  List<Member> members() {
    return members;
  }

  /** What a member answers, however long that takes it. */
  Member.Answer answer(Member member) throws IOException {
    while (true) {
      Member.Answer answer = member.poll(ANSWER_MILLISECONDS);
      if (answer != null) {
        return answer;
      }
      if (failure.isDone()) {
        throw new IOException("a member is lost");
      }
    }
  }

  /**
   * Does something with all members.
   *
   * @throws WorkerLostException if one is lost meanwhile
   */
  <T> T during(Work<T> work) {
    try {
      return work.with(this);
    } catch (IOException e) {
      throw reason(e);
    }
  }

  /** The first thing that went wrong; what follows from it comes to light sooner at times. */
  private RuntimeException reason(Throwable consequence) {
    try {
      return failure.get(REASON_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      consequence.addSuppressed(e);
    }
    return new WorkerLostException("a worker was lost: " + consequence.getMessage());
  }

  /** Ends what waits for a member that will say nothing more. */
  private void broken(RuntimeException why) {
    if (failure.complete(why)) {
      closeConnections();
    }
  }

  private void closeConnections() {
    for (Member member : members) {
      close(member);
    }
    for (Connection peer : peers) {
      if (peer != null) {
        close(peer);
      }
    }
  }

  private static void close(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      // There is nobody left to talk to.
    }
  }

  @Override
  public void close() {
    failure.complete(new WorkerLostException("the group has ended"));
    closeConnections();
    if (exchange != null) {
      exchange.close();
    }
    placed.close();
  }
}
