package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tutorial's experiment on the tutorial's corpus reaches the tutorial's perplexities. */
@EnabledIfEnvironmentVariable(
    named = "LYRICIST_CORPUS",
    matches = ".+",
    disabledReason = "LYRICIST_CORPUS is not set to the path of jaychou_lyrics.txt.zip")
class SharedCorpusTest {
  private static final Pattern EPOCH = Pattern.compile("epoch (\\d+), perplexity ([0-9.]+), .*");

  /** A perplexity that a correct engine reaches, whatever the seed. */
  private record Range(double least, double most) {}

  /** The shipped configs, and what they reach at epochs 50, 100, 150, 200 and 250. */
  static Stream<Arguments> shipped() {
    return Stream.of(
        arguments(
            "random-scratch",
            List.of(
                new Range(60, 80),
                new Range(8, 12.5),
                new Range(2.4, 3.4),
                new Range(1.4, 1.8),
                new Range(1.2, 1.4))),
        arguments(
            "consecutive-scratch",
            List.of(
                new Range(52, 70),
                new Range(5.5, 9),
                new Range(1.7, 2.6),
                new Range(1.2, 1.5),
                new Range(1.1, 1.3))));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void perplexitiesAreTheTutorials(String name, List<Range> ranges, @TempDir Path folder)
      throws IOException {
    Path corpus = Program.ROOT.resolve(System.getenv("LYRICIST_CORPUS"));
    Path config = Program.ROOT.resolve("configs").resolve(name + ".yaml");
    Outcome outcome =
        Program.in(folder)
            .within(600)
            .run("run", config.toString(), "--set", "corpus.source=" + corpus, "--out", "r")
            .requireDone();
    Map<Integer, Double> perplexities = new TreeMap<>();
    outcome
        .out()
        .lines()
        .map(EPOCH::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                perplexities.put(Integer.valueOf(line.group(1)), Double.valueOf(line.group(2))));
    assertThat(perplexities).containsOnlyKeys(50, 100, 150, 200, 250);
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      int epoch = 50 * (i + 1);
      assertThat(perplexities.get(epoch))
          .as("perplexity at epoch %d", epoch)
          .isBetween(range.least(), range.most());
    }
    assertThat(outcome.out().lines().filter(line -> line.matches(" - (分开|不分开).{50}"))).hasSize(10);
    assertThat(
            new ObjectMapper()
                .readTree(folder.resolve("r/run.json").toFile())
                .at("/corpus/vocabulary")
                .asInt())
        .isEqualTo(1027);
  }
}
