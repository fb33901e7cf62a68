package io.github.lyricist.distributed;

/** Machines of a cluster, on which workers can be started; the program goes there by itself. */
public interface Cluster extends WorkerPlacement, AutoCloseable {
  @Override
  default boolean leaderComputes() {
    return false;
  }

  /**
   * How many workers there can be at once. A cluster that is still starting them, or has others at
   * work, is given a while.
   *
   * @param wanted how many are enough
   */
  int slots(int wanted);

  /** Ends all workers that are left. */
  @Override
  void close();
}
