package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that released versions left behind are opened, scored, written with and resumed. */
class EndToEndReleasedTest {
  private static final double SCORE_PERCENT = 1e-4; // a relative 1e-6
  private static final double RESUMED_PERCENT = 1e-3; // a relative 1e-5: vector widths differ
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  static List<Path> versions() throws IOException {
    List<Path> versions = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            Program.ROOT.resolve("consistency-tests/released"), Files::isDirectory)) {
      found.forEach(versions::add);
    }
    return versions;
  }

  private void copyRun(Path version) throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(version.resolve("run"))) {
      for (Path file : files) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
  }

  private String output(String... arguments) {
    return Program.in(folder).run(arguments).requireDone().out();
  }

  private static double perplexity(String score) {
    assertThat(score).startsWith("perplexity ");
    return Double.parseDouble(score.substring("perplexity ".length(), score.indexOf(',')));
  }

  private JsonNode lastLine(String file) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("run").resolve(file));
    return JSON.readTree(lines.get(lines.size() - 1));
  }

  private static void assertClose(JsonNode found, JsonNode expected) {
    assertThat(found.asDouble()).isCloseTo(expected.asDouble(), withinPercentage(RESUMED_PERCENT));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void opensScoresWritesAndResumes(Path version) throws IOException {
    JsonNode expected = JSON.readTree(version.resolve("expected.json").toFile());
    copyRun(version);

    assertScore(expected);
    String[] greedy = {"--prefix", "春", "--temperature", "0", "--length", "40"};
    assertThat(generate("run", greedy)).isEqualTo(expected.get("modelText").asText());
    assertThat(generate("run/checkpoint.safetensors", greedy))
        .isEqualTo(expected.get("checkpointText").asText());

    output("resume", "run");

    JsonNode epoch = lastLine("metrics.jsonl");
    assertThat(Files.readAllLines(folder.resolve("run/metrics.jsonl")))
        .hasSize(expected.get("finalEpoch").asInt());
    assertThat(epoch.get("epoch")).isEqualTo(expected.get("finalEpoch"));
    assertClose(epoch.get("perplexity"), expected.get("finalPerplexity"));
    assertClose(epoch.get("validationPerplexity"), expected.get("finalValidationPerplexity"));
    assertPreviewed(expected.get("finalPreview"));
    assertScore(expected); // of the best weights, which are from before the stop
  }

  private void assertScore(JsonNode expected) {
    assertThat(perplexity(output("eval", "run")))
        .isCloseTo(expected.get("evalPerplexity").asDouble(), withinPercentage(SCORE_PERCENT));
  }

  private String generate(String model, String... options) {
    List<String> arguments = new ArrayList<>(List.of("generate", model));
    arguments.addAll(List.of(options));
    return output(arguments.toArray(new String[0])).replaceAll("\\R$", "");
  }

  private void assertPreviewed(JsonNode preview) throws IOException {
    List<JsonNode> previews = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("run/previews.jsonl"))) {
      previews.add(JSON.readTree(line));
    }
    assertThat(previews).contains(preview);
  }
}
