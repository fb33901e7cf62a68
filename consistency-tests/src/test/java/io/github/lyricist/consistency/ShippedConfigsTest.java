package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.corpus.HeldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every config that comes with the program can be read, and is named after its file. */
class ShippedConfigsTest {
  private static final Path FOLDER = Program.ROOT.resolve("configs");
  private static final String SWEEPS = "sweeps/";

  static List<String> names() throws IOException {
    return names(name -> !name.startsWith(SWEEPS));
  }

  static List<String> sweeps() throws IOException {
    return names(name -> name.startsWith(SWEEPS));
  }

  private static List<String> names(Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(name -> name.endsWith(".yaml"))
          .filter(wanted)
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void areAllFound() throws IOException {
    assertThat(names()).contains("adam-lstm", "consecutive-djl", "own-text", "published/char-rnn");
    assertThat(sweeps()).contains("sweeps/which-size");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isReadAndNamedAfterItsFile(String name) {
    Path file = FOLDER.resolve(name + ".yaml");
    Config config = ConfigReader.read(file, List.of(), FOLDER, model -> null);
    assertThat(config.spec().name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void aSweepIsReadAndNamedAfterItsFile(String name) {
    Path file = FOLDER.resolve(name + ".yaml");
    SweepConfig sweep = SweepConfig.read(file);
    assertThat(sweep.spec().name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
    assertThat(sweep.trial(Map.of(), model -> null).spec().corpus().validation())
        .as("what it is judged by")
        .isNotEqualTo(new HeldOut.Share(0));
  }
}
