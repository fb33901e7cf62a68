package io.github.lyricist.distributed;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reaches clusters of some kind; found by {@link java.util.ServiceLoader}. */
public interface ClusterProvider {
  /**
   * Reaches a cluster.
   *
   * @param master its address, in the cluster's own words
   * @param program the program in one file, which the workers unpack
   * @param notice told in one line of what takes a while
   * @throws io.github.lyricist.InvalidInputException if there is no such cluster
   */
  Cluster open(String master, Path program, Consumer<String> notice);
}
