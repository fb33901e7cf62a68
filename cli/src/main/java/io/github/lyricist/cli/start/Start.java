package io.github.lyricist.cli.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the starts of one installation on this Java need: an argument file for each kind of start,
 * the classes as starts left them (class data sharing), and the environment.
 */
final class Start {
  private static final String ENVIRONMENT = "environment";
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  private final Path home;
  private final Path cache;
  private final Path folder;

  /**
   * @param home where the program is installed
   * @param cache where it keeps what may be deleted at any time
   * @param folder where this will be
   */
  Start(Path home, Path cache, Path folder) {
    this.home = home;
    this.cache = cache;
    this.folder = folder;
  }

  /**
   * Writes it.
   *
   * @param staging the folder
   * @param archives whether there will be so many starts that archives of classes pay
   */
  void writeTo(Path staging, boolean archives) throws IOException {
    Flags flags = Flags.read(home.resolve("lib/java.args"));
    String classPath = classPath();
    for (StartKind kind : StartKind.values()) {
      write(staging, kind, flags, classPath);
    }
    if (archives) {
      new ClassArchives(JAVA, staging).make();
      for (StartKind kind : StartKind.values()) {
        write(staging, kind, flags, classPath);
      }
    }
    Files.write(staging.resolve(ENVIRONMENT), Environment.here(), UTF_8);
  }

  /** Whether nothing is missing of one that was written. */
  static boolean isWhole(Path folder) throws IOException {
    for (StartKind kind : StartKind.values()) {
      if (!ArgumentFile.isWhole(folder, kind)) {
        return false;
      }
    }
    return Files.exists(folder.resolve(ENVIRONMENT));
  }

  private String classPath() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return String.join(
          File.pathSeparator,
          files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList());
    }
  }

  private void write(Path staging, StartKind kind, Flags flags, String classPath)
      throws IOException {
    List<String> arguments = new ArrayList<>(flags.of(Runtime.version().feature(), kind));
    // What Java, its fonts and libraries would leave in the home folder goes to our cache folder.
    arguments.add("-Duser.home=" + cache);
    arguments.add("-Djna.tmpdir=" + cache.resolve("jna"));
    if (Files.exists(staging.resolve(kind.archive()))) {
      arguments.add("-XX:SharedArchiveFile=" + folder.resolve(kind.archive()));
      arguments.add("-XX:+VerifySharedSpaces");
      // Where it fits no longer, or is damaged, Java goes without, and need not say so.
      arguments.add("-Xlog:cds*=off");
    }
    arguments.addAll(List.of("-cp", classPath));
    ArgumentFile.write(staging, kind, arguments);
  }
}
