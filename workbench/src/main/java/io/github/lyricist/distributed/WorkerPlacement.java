package io.github.lyricist.distributed;

import io.github.lyricist.RunFailedException;

/** Where the workers of a group run: in processes of this machine, or on others. */
public interface WorkerPlacement {
  /** Whether the leader, too, has a share of the work. */
  boolean leaderComputes();

  /** The address at which the leader waits for the workers: one of the loopback, or any. */
  String leaderAddress();

  /**
   * Starts workers, each of which is to run {@link Worker#run}.
   *
   * @param count how many
   * @param port where the leader waits for them
   * @param secret what they have to know
   * @return the workers, which end when they are closed
   */
  Placed start(int count, int port, Secret secret);

  /** Workers that were started. */
  interface Placed extends AutoCloseable {
    /**
     * Checks that none of them has ended before it was heard of.
     *
     * @throws RunFailedException if one has
     */
    void requireAlive();

    @Override
    void close();
  }
}
