package io.github.lyricist.install;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.UserPath;
import io.github.lyricist.backend.EngineSource;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The program as it is installed: a folder with an engine each in {@code lib/engines}, and with
 * what reaches a kind of cluster. What these need of others goes beside them or, where that folder
 * can't be written, to {@code $XDG_DATA_HOME/lyricist/engines}.
 */
public final class Installation implements EngineSource {
  private static final Path ENGINES = Path.of("lib", "engines");

  private final Path home;
  private final Map<String, EngineFolder> engines = new TreeMap<>(); // and what is like them
  private final UnaryOperator<String> installCommand;
  private final Consumer<String> notices;
  private final String commands;

  /**
   * @param home where the program is installed
   * @param data the user's folder for data of programs
   * @param installCommand what the user types to install an engine of this name
   * @param notices told in one line of what takes a while
   * @throws RunFailedException if a file of the installation is unreadable
   */
  public Installation(
      Path home, Path data, UnaryOperator<String> installCommand, Consumer<String> notices) {
    this(home, data, installCommand, notices, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * @param commands the folders of commands, as in the environment variable {@code PATH}
   */
  Installation(
      Path home,
      Path data,
      UnaryOperator<String> installCommand,
      Consumer<String> notices,
      String commands) {
    this.home = home;
    this.commands = commands;
    this.installCommand = installCommand;
    this.notices = notices;
    Path folder = home.resolve(ENGINES);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, Files::isDirectory)) {
        for (Path own : found) {
          Path users = data.resolve(Path.of("lyricist", "engines")).resolve(own.getFileName());
          EngineFolder engine = new EngineFolder(own, users);
          engines.put(engine.name(), engine);
        }
      } catch (IOException e) {
        throw RunFailedException.reading(folder, e);
      }
    }
  }

  /** The user's folder for data of programs: {@code $XDG_DATA_HOME}, or {@code ~/.local/share}. */
  public static Path dataFolder() {
    String configured = System.getenv("XDG_DATA_HOME");
    return configured == null || configured.isEmpty()
        ? UserPath.of("~/.local/share")
        : Path.of(configured);
  }

  @Override
  public List<ClassLoader> installed() {
    return engines.values().stream()
        .filter(engine -> engine.isEngine() && engine.isInstalled())
        .map(EngineFolder::loader)
        .toList();
  }

  /** What else is installed as engines are likewise. */
  @Override
  public Optional<ClassLoader> find(String name) {
    EngineFolder engine = engines.get(name);
    if (engine == null) {
      return Optional.empty();
    }
    if (!engine.isInstalled()) {
      install(name);
    }
    return Optional.of(engine.loader());
  }

  /**
   * Packs the program, with these engines as far as it has them, into one file: to be unpacked
   * elsewhere, or a cluster's application.
   *
   * @throws RunFailedException if it can't be written
   */
  public void pack(Path file, Set<String> names) {
    AtomicFile.write(
        file,
        out ->
            ProgramArchive.write(
                home,
                names.stream().map(engines::get).filter(Objects::nonNull).toList(),
                engines.values().stream().filter(EngineFolder::isCluster).toList(),
                out));
  }

  @Override
  public Map<String, String> installable() {
    Map<String, String> ways = new TreeMap<>();
    engines.forEach(
        (name, engine) -> {
          if (engine.isEngine() && !engine.isInstalled() && engine.isForThisPlatform()) {
            ways.put(
                name, "for %s: %s".formatted(engine.description(), installCommand.apply(name)));
          }
        });
    return ways;
  }

  /**
   * Brings what an engine or a kind of cluster needs, also what is there already.
   *
   * @throws InvalidInputException if there is no such thing, or none for this platform, or no Maven
   * @throws RunFailedException if Maven or writing fails
   */
  public void install(String name) {
    EngineFolder engine = engines.get(name);
    if (engine == null) {
      throw InvalidInputException.at(
          name.isEmpty() ? "install" : Excerpt.of(name),
          "there is nothing of that name to install",
          "choose one of: " + String.join(", ", engines.keySet()));
    }
    engine.install(
        Maven.find(commands),
        () -> notices.accept("installing %s: %s".formatted(name, engine.description())));
  }
}
