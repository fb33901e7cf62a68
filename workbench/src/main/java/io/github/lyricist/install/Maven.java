package io.github.lyricist.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.RunFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Maven as it is installed here, with its settings and its repository, for the jars of others. */
final class Maven {
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
  private static final String DEPENDENCY =
      """
          <dependency>
            <groupId>%s</groupId>
            <artifactId>%s</artifactId>
            <version>%s</version>
            <classifier>%s</classifier>
            <exclusions>
              <exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>
            </exclusions>
          </dependency>
      """;
  private static final String PROJECT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>io.github.lyricist</groupId>
        <artifactId>what-an-engine-needs</artifactId>
        <version>0</version>
        <packaging>pom</packaging>
        <dependencies>
      %s  </dependencies>
      </project>
      """;

  private static final String ERROR = "[ERROR]";

  private final Path program;

  private Maven(Path program) {
    this.program = program;
  }

  /**
   * Maven, if it is there.
   *
   * @param path the folders of commands, as in the environment variable {@code PATH}
   */
  static Optional<Maven> find(String path) {
    String name = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Maven::new);
  }

  /**
   * Copies jars into a folder, each as a whole or not at all.
   *
   * @throws RunFailedException if Maven or writing fails; then nothing is changed, or a part is
   *     there
   */
  void bring(List<Coordinates> jars, Path folder) {
    try (StagingFolder staging = StagingFolder.in(folder)) {
      copy(jars, staging.path());
      for (Coordinates jar : jars) {
        Files.move(
            staging.path().resolve(jar.fileName()),
            folder.resolve(jar.fileName()),
            StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw RunFailedException.writing(folder, e);
    }
  }

  private void copy(List<Coordinates> jars, Path staging) throws IOException {
    String dependencies =
        jars.stream()
            .map(
                jar ->
                    DEPENDENCY.formatted(
                        jar.group(), jar.artifact(), jar.version(), jar.classifier()))
            .collect(Collectors.joining());
    Path project = Files.writeString(staging.resolve("pom.xml"), PROJECT.formatted(dependencies));
    Path log = staging.resolve("log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-B",
                "-q",
                "-f",
                project.toString(),
                COPY,
                "-DoutputDirectory=" + staging)
            .directory(staging.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (process.waitFor() != 0) {
        throw new RunFailedException(
            "%s: Maven can't bring the jars that engine.properties lists (%s); mend that, or put them there"
                .formatted(staging.getParent(), reason(Files.readString(log, UTF_8))));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  /** What Maven says of an error first, without the codes for a terminal before it. */
  private static String reason(String log) {
    return log.lines()
        .filter(line -> line.contains(ERROR))
        .map(line -> line.substring(line.indexOf(ERROR) + ERROR.length()))
        .map(line -> line.replaceFirst(" -> \\[Help .*", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("it says: " + log.strip());
  }
}
