package io.github.lyricist.distributed;

import io.github.lyricist.sampling.Shard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Adds the gradients of all shards up, in the order of the shards, so that the sum is that of one
 * process to the last bit. Each member that computes owns a slice of it: the others send it their
 * shards' parts of that slice, and it sends them the sum.
 */
final class Exchange implements AutoCloseable {
  private final Roster roster;
  private final int rank;
  private final List<@Nullable Connection> peers; // by rank; there is none to oneself
  private final int begin;
  private final int end; // of this member's slice
  private final float[] sum;
  private final float[] others; // a part of this slice
  private final ExecutorService senders = Executors.newCachedThreadPool(Exchange::sender);
  private boolean empty = true; // whether nothing is added up yet

  /**
   * @param length how many elements a gradient has
   */
  Exchange(Roster roster, int rank, List<@Nullable Connection> peers, int length) {
    this.roster = roster;
    this.rank = rank;
    this.peers = peers;
    this.begin = roster.sliceBegin(rank, length);
    this.end = roster.sliceEnd(rank, length);
    this.sum = new float[length];
    this.others = new float[end - begin];
  }

  private static Thread sender(Runnable work) {
    Thread thread = new Thread(work, "lyricist-sender");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Adds the gradients of a batch to those before.
   *
   * @param parts {@code float[length]} each, of this member's shards in their order
   */
  void add(float[][] parts) throws IOException {
    List<Future<?>> sending = new ArrayList<>();
    if (parts.length > 0) {
      for (int owner : roster.computingRanks()) {
        if (owner != rank) {
          sending.add(senders.submit(() -> send(parts, owner)));
        }
      }
    }
    if (roster.computes(rank)) {
      for (int from : roster.computingRanks()) {
        Shard shards = roster.shardsOf(from);
        for (int k = 0; k < shards.size(); k++) {
          if (from == rank) {
            add(parts[k], begin);
          } else {
            peer(from).readFloats(others, 0, others.length);
            add(others, 0);
          }
        }
      }
    }
    await(sending);
  }

  private Connection peer(int other) {
    return Objects.requireNonNull(peers.get(other));
  }

  private Void send(float[][] parts, int owner) throws IOException {
    Connection to = peer(owner);
    for (float[] part : parts) {
      to.writeFloats(
          part, roster.sliceBegin(owner, part.length), roster.sliceEnd(owner, part.length));
    }
    to.flush();
    return null;
  }

  /** The first is copied: to add it to zero would turn a negative zero into a positive one. */
  private void add(float[] values, int offset) {
    if (empty) {
      System.arraycopy(values, offset, sum, begin, end - begin);
      empty = false;
    } else {
      for (int i = begin, from = offset; i < end; i++, from++) {
        sum[i] += values[from];
      }
    }
  }

  /**
   * Has every member know the whole sum, and begins another one.
   *
   * @param losses of this member's shards, one batch after another
   * @param all is given those of all members, by rank
   * @return {@code float[length]}, valid until the next call of any method
   */
  float[] gather(double[] losses, double[][] all) throws IOException {
    List<Future<?>> sending = new ArrayList<>();
    if (roster.computes(rank)) {
      for (int to = 0; to < roster.ranks(); to++) {
        if (to != rank) {
          Connection peer = peer(to);
          sending.add(senders.submit(() -> send(losses, peer)));
        }
      }
    }
    all[rank] = losses;
    for (int owner : roster.computingRanks()) {
      if (owner != rank) {
        Connection peer = peer(owner);
        for (int i = 0; i < all[owner].length; i++) {
          all[owner][i] = peer.in().readDouble();
        }
        peer.readFloats(
            sum, roster.sliceBegin(owner, sum.length), roster.sliceEnd(owner, sum.length));
      }
    }
    await(sending);
    empty = true;
    return sum;
  }

  private Void send(double[] losses, Connection peer) throws IOException {
    for (double loss : losses) {
      peer.out().writeDouble(loss);
    }
    peer.writeFloats(sum, begin, end);
    peer.flush();
    return null;
  }

  private static void await(List<Future<?>> sending) throws IOException {
    try {
      for (Future<?> each : sending) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}
