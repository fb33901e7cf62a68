package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.backend.NativePlatform;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code install} brings for an engine is what Maven resolves for its module. */
class EngineRequirementsTest {
  private static final List<String> OF_THE_PROGRAM = List.of("jspecify");

  private static Properties properties(String engine) throws IOException {
    Properties properties = new Properties();
    Path file = Program.INSTALLED.resolve(Path.of("lib", "engines", engine, "engine.properties"));
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static List<String> files(String coordinates) {
    return Arrays.stream(coordinates.trim().split("\\s+"))
        .map(words -> words.split(":"))
        .map(words -> String.join("-", Arrays.copyOfRange(words, 1, words.length)) + ".jar")
        .toList();
  }

  private static List<String> resolved(String module) throws IOException {
    Path classPath = Program.ROOT.resolve(Path.of(module, "target", "classpath"));
    return Arrays.stream(Files.readString(classPath).strip().split(File.pathSeparator))
        .map(jar -> String.valueOf(Path.of(jar).getFileName()))
        .filter(jar -> OF_THE_PROGRAM.stream().noneMatch(jar::startsWith))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void areWhatMavenResolves(String engine) throws IOException {
    Properties properties = properties(engine);
    assertThat(
            Stream.of("jars", NativePlatform.name() + ".jars")
                .flatMap(key -> files(properties.getProperty(key)).stream()))
        .containsExactlyInAnyOrderElementsOf(resolved("backend-" + engine));
  }

  /** What is the same on every platform. */
  @ParameterizedTest
  @ValueSource(strings = {"spark", "phonetics"})
  void ofOthersTooAreWhatMavenResolves(String module) throws IOException {
    Properties properties = properties(module);
    assertThat(files(properties.getProperty("jars")))
        .containsExactlyInAnyOrderElementsOf(resolved(module));
    assertThat(properties.stringPropertyNames()).containsOnly("library", "kind", "size", "jars");
  }

  /** One list of the platforms differs from another by the platform's name alone. */
  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "djl"})
  void areTheSameOnEveryPlatform(String engine) throws IOException {
    Properties properties = properties(engine);
    assertThat(properties.stringPropertyNames()).contains("library", "linux-arm64.jars");
    for (String key : properties.stringPropertyNames()) {
      if (key.endsWith(".jars")) {
        String platform = key.replace(".jars", "");
        assertThat(properties.getProperty(platform + ".size")).as(platform).matches("\\d+ MB");
        assertThat(
                Arrays.stream(properties.getProperty(key).trim().split("\\s+"))
                    .map(words -> words.replaceFirst("[^:]*$", ""))
                    .toList())
            .isEqualTo(
                Arrays.stream(properties.getProperty("linux-x86_64.jars").trim().split("\\s+"))
                    .map(words -> words.replaceFirst("[^:]*$", ""))
                    .toList());
        assertThat(properties.getProperty(key).trim().split("\\s+"))
            .allMatch(words -> NativePlatform.name(words.replaceFirst(".*:", "")).equals(platform));
      }
    }
  }
}
