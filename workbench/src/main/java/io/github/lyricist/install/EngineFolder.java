package io.github.lyricist.install;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.NativePlatform;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An engine, or something else that needs libraries of others, as the program has it: a folder with
 * its own jars and, beside them or in the user's data folder, those of others that it needs. An
 * engine that says of none ({@code engine.properties}) has all that it needs.
 */
final class EngineFolder {
  private final Path own;
  private final Path users;
  private final @Nullable Requirements requirements;
  private @Nullable EngineLoader loader;

  /**
   * @param own where its own jars are
   * @param users where jars go if that can't be written
   */
  EngineFolder(Path own, Path users) {
    this.own = own;
    this.users = users;
    Path file = own.resolve(Requirements.FILE);
    this.requirements = Files.exists(file) ? Requirements.read(file, NativePlatform.name()) : null;
  }

  /** The engine's name. */
  String name() {
    return String.valueOf(own.getFileName());
  }

  /** Whether it is an engine, and nothing else that is installed as they are. */
  boolean isEngine() {
    return requirements == null || requirements.kind().isEmpty();
  }

  /** Whether it reaches a kind of cluster. */
  boolean isCluster() {
    return requirements != null && requirements.kind().equals("cluster");
  }

  /** Whether nothing is missing. */
  boolean isInstalled() {
    return requirements == null || (!requirements.jars().isEmpty() && missing().isEmpty());
  }

  private List<Coordinates> needed() {
    return requirements == null ? List.of() : requirements.jars();
  }

  private List<Coordinates> missing() {
    return needed().stream().filter(jar -> find(jar).isEmpty()).toList();
  }

  private Optional<Path> find(Coordinates jar) {
    return List.of(own, users).stream()
        .map(folder -> folder.resolve(jar.fileName()))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** What it is and how large its download, in words: {@code ND4J, a download of some 125 MB}. */
  String description() {
    return requirements == null
        ? name()
        : "%s, a download of some %s".formatted(requirements.library(), requirements.size());
  }

  /** Whether there are libraries of it for this platform. */
  boolean isForThisPlatform() {
    return requirements == null || !requirements.jars().isEmpty();
  }

  /** What loads it. */
  ClassLoader loader() {
    if (loader == null) {
      List<Path> jars = new ArrayList<>(ownJars());
      needed().forEach(jar -> find(jar).ifPresent(jars::add));
      loader = new EngineLoader(name(), jars.stream().map(EngineFolder::url).toArray(URL[]::new));
    }
    return loader;
  }

  /** All that is installed of it. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(ownJars());
    if (requirements != null) {
      files.add(own.resolve(Requirements.FILE));
      needed().forEach(jar -> find(jar).ifPresent(files::add));
    }
    return files;
  }

  /** Those that are ours. */
  List<Path> ownJars() {
    String names = requirements == null ? "*.jar" : "lyricist-*.jar";
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(own, names)) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw RunFailedException.reading(own, e);
    }
    jars.sort(null);
    return jars;
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * Brings all that it needs, also what is there already.
   *
   * @param beginning told before what takes a while
   * @throws InvalidInputException if there is nothing for this platform, or no Maven
   * @throws RunFailedException if they can't be had
   */
  void install(Optional<Maven> installedMaven, Runnable beginning) {
    if (!isForThisPlatform()) {
      throw InvalidInputException.ofKey(
          "backend",
          "there are no libraries of %s for %s".formatted(name(), NativePlatform.name()),
          "use another backend");
    }
    Path folder = Files.isWritable(own) ? own : users;
    Maven maven = installedMaven.orElseThrow(() -> withoutMaven(folder));
    beginning.run();
    maven.bring(needed(), folder);
  }

  private InvalidInputException withoutMaven(Path folder) {
    List<String> files = needed().stream().map(Coordinates::fileName).toList();
    return InvalidInputException.ofKey(
        "backend",
        "what %s needs is not installed, and Maven, which brings it, is not on the PATH"
            .formatted(name()),
        "install Maven, version 3.8 or later, or put these files into %s: %s"
            .formatted(folder, String.join(", ", files)));
  }
}
