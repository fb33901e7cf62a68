package io.github.lyricist.spark;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.install.StagingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a cluster on this machine takes Spark's jars from and works in, which the
 * environment names as {@code SPARK_HOME}. The launcher names one that is not there yet; it is made
 * with a link to the jars, and deleted after.
 *
 * @param made null where there is none to be deleted
 */
record LocalHome(@Nullable Path made) implements AutoCloseable {
  /**
   * Makes it where it is needed.
   *
   * @throws InvalidInputException if it is needed, and the environment does not name it
   */
  static LocalHome of(Master master) {
    if (master.megabytes() == null) {
      return new LocalHome(null);
    }
    String named = System.getenv("SPARK_HOME");
    if (named == null) {
      throw InvalidInputException.at(
          master.toString(),
          "the environment has no SPARK_HOME",
          "set it to a folder with Spark's jars in its folder jars");
    }
    Path home = Path.of(named);
    if (Files.exists(home)) {
      return new LocalHome(null);
    }
    try {
      Files.createDirectories(home);
      Path jars = Jars.of(SparkContext.class).resolveSibling("");
      Files.createSymbolicLink(home.resolve("jars"), jars);
      return new LocalHome(home);
    } catch (IOException e) {
      throw RunFailedException.writing(home, e);
    }
  }

  @Override
  public void close() {
    if (made != null) {
      try {
        StagingFolder.delete(made); // which follows no links
      } catch (IOException e) {
        throw RunFailedException.writing(made, e);
      }
    }
  }
}
