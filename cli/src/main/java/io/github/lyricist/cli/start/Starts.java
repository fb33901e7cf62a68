package io.github.lyricist.cli.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The prepared starts of all installations and Javas: a folder each, put in place as a whole. */
final class Starts implements AutoCloseable {
  private static final String ORIGIN = "origin";

  private final Path all;
  private final Path staging;

  private Starts(Path all, Path staging) {
    this.all = all;
    this.staging = staging;
  }

  /** Those in a folder, which is made if it is not there. */
  static Starts in(Path all) throws IOException {
    return new Starts(all, Files.createTempDirectory(Files.createDirectories(all), ".new"));
  }

  /** Where a start is to be written. */
  Path staging() {
    return staging;
  }

  /** Where it will be. */
  Path folder(String name) {
    return all.resolve(name);
  }

  /**
   * Puts in place what was written; of two at once, one does.
   *
   * @param origin the installation and the Java that it is for
   */
  void publish(String name, List<Path> origin) throws IOException {
    removeOutdated(name, origin);
    Files.write(staging.resolve(ORIGIN), origin.stream().map(Path::toString).toList(), UTF_8);
    Path folder = folder(name);
    if (!ArgumentFile.areWhole(folder)) { // or else another start has just made it, and uses it
      delete(folder);
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
            delete(other);
          }
        }
      }
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) throws IOException {
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
    delete(staging);
  }
}
