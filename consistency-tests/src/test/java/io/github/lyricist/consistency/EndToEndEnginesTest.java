package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One config on every engine of the packaged program. */
class EndToEndEnginesTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeExperiment() throws IOException {
    TinyExperiment.write(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "reference", "nd4j", "djl"})
  void oneConfigRunsOnEveryEngine(String engine) throws IOException {
    Outcome outcome =
        Program.in(folder).run(TinyExperiment.run("--backend", engine, "--out", "r")).requireDone();
    assertThat(outcome.out()).matches(TinyExperiment.OUTPUT);
    try (Stream<Path> files = Files.list(folder.resolve("r"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "run.json",
              "metrics.jsonl",
              "previews.jsonl",
              "model.safetensors",
              "checkpoint.safetensors",
              "curves.svg",
              "curves.png",
              ".lock");
    }
    assertThat(folder.resolve("r/run.json")).content().contains("\"" + engine + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"scratch", "reference", "nd4j", "djl"})
  void aDeviceThatIsNotThereIsRefused(String engine) {
    Outcome outcome =
        Program.in(folder)
            .run(TinyExperiment.run("--backend", engine, "--device", "cuda:7", "--out", "r"));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("the backend " + engine + " has no device cuda:7, only cpu")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void librariesThatCanNotBeUnpackedAreNamed(String engine) throws IOException {
    Path cache = Files.createDirectories(folder.resolve("cache/lyricist"));
    Path file = Files.createFile(cache.resolve(engine.equals("nd4j") ? "javacpp" : engine));
    Outcome outcome =
        Program.in(folder)
            .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
            .run(TinyExperiment.run("--backend", engine, "--out", "r"));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err())
        .contains(file + ": ", "libraries can't be unpacked there")
        .doesNotContain("\tat ");
  }

  /**
   * Size and time as they were: all that JavaCPP looks at, and more than DJL does. And the home
   * folder gets nothing but our cache.
   */
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void librariesInWhichABitFlippedAreUnpackedAgain(String engine) throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path cache = home.resolve(".cache/lyricist");
    Program program = Program.in(folder).with("HOME", home.toString()).with("XDG_CACHE_HOME", "");
    Outcome first = program.run(TinyExperiment.run("--backend", engine, "--out", "a"));
    assertThat(first.requireDone().err()).doesNotContain("damaged");
    List<Path> libraries = libraries(cache);
    assertThat(libraries).hasSizeGreaterThan(4);
    for (Path library : libraries) {
      flipABit(library);
    }
    Outcome second = program.run(TinyExperiment.run("--backend", engine, "--out", "b"));
    assertThat(second.requireDone().err()).contains(notices(libraries));
    assertThat(libraries(cache)).containsExactlyElementsOf(libraries);
    Outcome third = program.run(TinyExperiment.run("--backend", engine, "--out", "c"));
    assertThat(third.requireDone().err()).doesNotContain("damaged");
    assertThat(home).isDirectoryNotContaining(file -> !file.endsWith(".cache"));
    assertThat(cache.getParent()).isDirectoryNotContaining(file -> !file.equals(cache));
  }

  private static List<String> notices(List<Path> libraries) {
    return libraries.stream()
        .map(library -> library + ": this library was damaged; it is unpacked again\n")
        .toList();
  }

  private static List<Path> libraries(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> file.getFileName().toString().contains(".so"))
          .sorted()
          .toList();
    }
  }

  private static void flipABit(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int flipped = bytes.read() ^ 1;
      bytes.seek(middle);
      bytes.write(flipped);
    }
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void backendsListsThem() {
    Outcome outcome = Program.in(folder).run("backends").requireDone();
    assertThat(outcome.out())
        .contains("djl ", "PyTorch", "nd4j ", "ND4J", "reference ", "scratch ", "cpu", "threads:")
        .doesNotContain("not installed");
  }
}
