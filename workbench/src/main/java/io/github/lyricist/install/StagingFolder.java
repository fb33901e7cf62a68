package io.github.lyricist.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where files are made before they are moved to their place, on the same file system. Closing it
 * deletes what is left.
 *
 * @param path the folder
 */
public record StagingFolder(Path path) implements AutoCloseable {
  private static final String PREFIX = ".new";

  /** Makes one in a folder, which is made, too, if it is not there. */
  public static StagingFolder in(Path folder) throws IOException {
    return new StagingFolder(Files.createTempDirectory(Files.createDirectories(folder), PREFIX));
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }
}
