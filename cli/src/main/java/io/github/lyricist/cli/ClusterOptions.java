package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.distributed.Cluster;
import io.github.lyricist.distributed.ClusterProvider;
import io.github.lyricist.install.Installation;
import io.github.lyricist.install.StagingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether work is done on this machine, or on a cluster. */
final class ClusterOptions {
  private static final String KIND = "spark";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = {
        "A Spark cluster that does the work: spark://HOST:PORT, local[N] or",
        "local-cluster[N,CORES,MEGABYTES]. Default: this machine."
      })
  private @Nullable String master;

  /** Does something on the cluster that is asked for; that is there for so long. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param cluster null where none is asked for
     */
    T on(@Nullable Cluster cluster);
  }

  /** Whether a cluster is asked for. */
  boolean isGiven() {
    return master != null;
  }

  /**
   * Does some work on the cluster, if one is asked for.
   *
   * @param engines that the workers need
   * @param notice told in one line of what takes a while
   */
  <T> T with(
      Supplier<Installation> installation,
      Set<String> engines,
      Consumer<String> notice,
      Work<T> work) {
    if (master == null) {
      return work.on(null);
    }
    Installation installed = installation.get();
    ClassLoader loader =
        installed
            .find(KIND)
            .orElseThrow(
                () ->
                    InvalidInputException.at(
                        "--master", "this installation is without " + KIND, "unpack it again"));
    try (StagingFolder packed = new StagingFolder(Files.createTempDirectory("lyricist-program"))) {
      Path program = packed.path().resolve("lyricist.zip");
      installed.pack(program, engines);
      notice.accept("starting workers on " + master);
      try (Cluster cluster =
          ServiceLoader.load(ClusterProvider.class, loader)
              .findFirst()
              .orElseThrow()
              .open(master, program, notice)) {
        return work.on(cluster);
      }
    } catch (IOException e) {
      throw new RunFailedException("the program can't be packed: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that a cluster has so many slots.
   *
   * @param option what asks for them
   */
  static void requireSlots(Cluster cluster, int count, String option) {
    int slots = cluster.slots(count);
    if (slots < count) {
      throw InvalidInputException.at(
          option + " " + count,
          "the cluster has %d slot%s".formatted(slots, slots == 1 ? "" : "s"),
          slots == 0 ? "see that it has workers" : "give fewer, or add machines to it");
    }
  }
}
