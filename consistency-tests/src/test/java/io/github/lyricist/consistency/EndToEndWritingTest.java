package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Songs by wish: on each kind of tokens, by the packaged program. */
class EndToEndWritingTest {
  private static final String HAN_LINES =
      "(\\p{IsHan}{7}\\P{IsHan}*\n){3}\\p{IsHan}{7}\\P{IsHan}*\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folder;

  /** The bundled songs, of which a space ends a line; and an English text with lines. */
  @BeforeAll
  static void train() throws IOException {
    train("songs", "bundled:songs", "space", "character", "--epochs", "20");
    train("bytes", "bundled:songs", "space", "byte", "--epochs", "10");
    String lines = "The moon is over the sea tonight\nand all the stars are out of sight\n";
    Files.writeString(
        folder.resolve("english.txt"),
        (lines + "I saw a cat upon the stair,\nshe had a ribbon in her hair.\n").repeat(20));
    train("english", "english.txt", "keep", "character", "--epochs", "30");
    train("words", "english.txt", "keep", "word", "--epochs", "30");
  }

  private static void train(
      String name, String source, String newlines, String tokens, String... more)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: %s
        corpus: {source: "%s", newlines: %s, tokens: %s, limit: %d}
        sampler: {batchSize: 8, steps: 20}
        model: {cell: gru, hidden: 48}
        training: {optimizer: {type: adam, learningRate: 0.01}, clipNorm: 1.0}
        preview: {prefixes: [%s], length: 40}
        """
            .formatted(
                name, source, newlines, tokens, 4000, source.startsWith("bundled") ? "春" : "The"));
    List<String> arguments = new ArrayList<>(List.of("run", name + ".yaml", "--out", name));
    arguments.addAll(List.of(more));
    program(arguments.toArray(new String[0])).requireDone();
  }

  private static Outcome program(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private static String written(String... arguments) {
    List<String> all = new ArrayList<>(List.of("generate"));
    all.addAll(List.of(arguments));
    return program(all.toArray(new String[0])).requireDone().out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"songs", "bytes"})
  void chineseQuatrains(String run) throws IOException {
    String[] wish = {
      run, "--lines", "4", "--syllables", "7", "--rhyme", "AABA", "--max-copy", "6", "--json"
    };
    JsonNode json = new ObjectMapper().readTree(written(wish));
    String text = json.get("text").asText().replace(' ', '\n');
    assertThat(text).matches(HAN_LINES);
    assertThat(json.get("constraints").fieldNames())
        .toIterable()
        .containsExactly("--max-copy", "--syllables, --rhyme");
    double mean = 0;
    for (JsonNode token : json.get("tokens")) {
      mean += token.get("logProbability").asDouble() / json.get("tokens").size();
    }
    assertThat(mean).isBetween(-10.0, -0.1);
    Path song = folder.resolve(run + ".txt");
    Files.writeString(song, text.strip());
    assertThat(program("originality", run, "--text", song.toString()).requireDone().out())
        .matches("0\\.0 % of 31 characters .*; the longest has [1-6]\n");
  }

  @Test
  void acrosticsHaveTheirInitials() {
    assertThat(written("songs", "--acrostic", "春夏风")).matches("(?s)春[^\n]*\n夏[^\n]*\n风[^\n]*\n");
    assertThat(written("songs", "--acrostic", "春夏风", "--syllables", "5", "--count", "2"))
        .matches("(春\\S{4,}\n夏\\S{4,}\n风\\S{4,}\n---\n){2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"english", "words"})
  void englishCouplets(String run) {
    String text = written(run, "--syllables", "8", "--rhyme", "AA", "--prefix", "The");
    assertThat(text).startsWith("The").matches("[^\n]+\n[^\n]+\n");
    assertThat(text.lines().map(line -> line.replaceAll("[^a-zA-Z]+$", "")))
        .allMatch(line -> line.matches("(?i).*(tonight|sight|stair|hair|[a-z]+)"));
  }

  @Test
  void requiredAndBannedTextsAndStops() {
    String text =
        written(
            "english", "--prefix", "The", "--length", "80", "--require", "ribbon", "--ban", "sea");
    assertThat(text.substring(3).replaceFirst("\n$", "")).hasSize(80).contains("ribbon");
    assertThat(text).doesNotContain("sea");
    assertThat(written("english", "--prefix", "The", "--stop", "\n", "--length", "500"))
        .isEqualTo(
            written("english", "--prefix", "The", "--length", "500").split("\n", 2)[0] + "\n");
  }

  @Test
  void aBeamOfOneIsGreedy() {
    assertThat(written("english", "--prefix", "I", "--beam", "1", "--length", "60"))
        .isEqualTo(written("english", "--prefix", "I", "--temperature", "0", "--length", "60"));
  }

  private static void assertRefused(int exitCode, String message, String... arguments) {
    List<String> all = new ArrayList<>(List.of("generate"));
    all.addAll(List.of(arguments));
    Outcome outcome = program(all.toArray(new String[0]));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void impossibleWishesAreNamed() {
    assertRefused(
        1,
        "no such text was found",
        "english",
        "--acrostic",
        "TTT",
        "--ban",
        "T",
        "--ban",
        "t",
        "--syllables",
        "5");
    assertRefused(2, "--acrostic: the model does not know", "songs", "--acrostic", "春Q");
    assertRefused(2, "--max-copy: found 0; expected 1 to", "songs", "--max-copy", "0");
    assertRefused(2, "--rhyme: 9 lines are to rhyme", "words", "--lines", "9", "--rhyme", "A");
    assertRefused(2, "--rhyme: 900 lines", "songs", "--lines", "900", "--rhyme", "A");
    assertRefused(2, "--length: the lines say how long", "songs", "--lines", "2", "--length", "9");
  }

  @Test
  void previewsAreLookedUpInTheTrainingText() throws IOException {
    assertThat(program("originality", "english").requireDone().out())
        .contains(" % of 43 characters stand in the training text, in runs of 8 and more");
    JsonNode json =
        new ObjectMapper()
            .readTree(program("originality", "english", "--json").requireDone().out());
    assertThat(json.get("characters").asInt()).isEqualTo(43);
    Path text = folder.resolve("english.txt");
    byte[] before = Files.readAllBytes(text);
    try {
      Files.writeString(text, "another text".repeat(400));
      Outcome changed = program("originality", "words");
      assertThat(changed.exitCode()).isEqualTo(2);
      assertThat(changed.err()).contains("it is not the text that words was trained on");
      Files.delete(text);
      Outcome missing = program("generate", "words", "--prefix", "The", "--max-copy", "9");
      assertThat(missing.exitCode()).isEqualTo(2);
      assertThat(missing.err()).contains("but there is nothing there; put it back");
    } finally {
      Files.write(text, before);
    }
  }
}
