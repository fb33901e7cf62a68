package io.github.lyricist.cli.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.install.StagingFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The prepared starts of all installations and Javas: a folder each, put in place as a whole. */
final class Starts {
  private static final String ORIGIN = "origin";

  private final Path all;

  /**
   * @param all the folder of their folders
   */
  Starts(Path all) {
    this.all = all;
  }

  /** Where one is to be written. */
  StagingFolder staging() throws IOException {
    return StagingFolder.in(all);
  }

  /** Where it will be. */
  Path folder(String name) {
    return all.resolve(name);
  }

  /**
   * Puts in place what was written; of two at once, one does.
   *
   * @param staging where it was written
   * @param origin the installation and the Java that it is for
   */
  void publish(Path staging, String name, List<Path> origin) throws IOException {
    removeOutdated(name, origin);
    Files.write(staging.resolve(ORIGIN), origin.stream().map(Path::toString).toList(), UTF_8);
    Path folder = folder(name);
    if (!Start.isWhole(folder)) { // or else another start has just made it, and uses it
      StagingFolder.delete(folder);
      try {
        Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        if (!Files.exists(folder)) {
          throw e;
        }
      }
    }
  }

  /** Deletes those for other jars of the same place, and for places that are no more. */
  private void removeOutdated(String name, List<Path> origin) throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(all, "[!.]*")) {
      for (Path other : others) {
        Path file = other.resolve(ORIGIN);
        if (Files.isRegularFile(file) && !other.endsWith(name)) {
          List<Path> its = Files.readAllLines(file, UTF_8).stream().map(Path::of).toList();
          if (its.equals(origin) || !its.stream().allMatch(Files::exists)) {
            StagingFolder.delete(other);
          }
        }
      }
    }
  }
}
