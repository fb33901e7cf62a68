package io.github.lyricist.cli.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.install.StagingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Archives of the classes that typical starts load, as these leave them (class data sharing, JEP
 * 350). A start without one takes longer, and does the same.
 */
final class ClassArchives {
  private static final String MAIN = "io.github.lyricist.cli.Main";

  /** A training of a moment. */
  private static final String EXPERIMENT =
      """
      corpus: {source: bundled:songs, limit: 2000}
      sampler: {batchSize: 4, steps: 10}
      model: {hidden: 8}
      training: {epochs: 1}
      preview: {every: 1, prefixes: auto, length: 5}
      """;

  private final Path java;
  private final Path folder;

  /**
   * @param java the home of Java
   * @param folder where the argument files are, and the archives will be
   */
  ClassArchives(Path java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  void make() throws IOException {
    Path work = Files.createDirectory(folder.resolve("work"));
    String experiment =
        Files.writeString(work.resolve("experiment.yaml"), EXPERIMENT, UTF_8).toString();
    String run = work.resolve("run").toString();
    List<Process> starts =
        List.of(
            start(StartKind.PLAIN, work, "validate", experiment),
            start(StartKind.COMPUTING, work, "run", experiment, "--quiet", "--out", run));
    starts.forEach(ClassArchives::await);
    StagingFolder.delete(work);
  }

  private Process start(StartKind kind, Path work, String... command) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(java.resolve(Path.of("bin", "java")).toString());
    words.add("@" + folder.resolve(kind.word()));
    words.add("-XX:ArchiveClassesAtExit=" + folder.resolve(kind.archive()));
    words.add(MAIN);
    words.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(work.resolve(kind.word() + ".log").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("_?(JAVA|JDK)_.*"));
    return builder.start();
  }

  private static void await(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
