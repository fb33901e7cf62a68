package io.github.lyricist.spark;

import io.github.lyricist.distributed.Cluster;
import io.github.lyricist.distributed.ClusterProvider;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reaches Spark clusters. */
public final class SparkClusterProvider implements ClusterProvider {
  @Override
  public Cluster open(String master, Path program, Consumer<String> notice) {
    return SparkCluster.open(master, program, notice);
  }
}
