package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.lyricist.consistency.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one does with a trained model: writing text and scoring it, on any engine. */
class EndToEndModelTest {
  private static final String[] ENGINES = {"scratch", "reference", "nd4j", "djl"};
  private static final Pattern SCORE =
      Pattern.compile(
          "perplexity (\\d+\\.\\d{6}), (\\d+\\.\\d{6}) bits per character, (\\d+) characters");
  private static final double RELATIVE_TOLERANCE = 1e-5;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    TinyExperiment.write(folder);
    for (String engine : List.of("scratch", "nd4j", "djl")) {
      program(
              TinyExperiment.run(
                  "--out",
                  engine,
                  "--backend",
                  engine,
                  "--set",
                  "training.epochs=80",
                  "--set",
                  "model.cell=lstm",
                  "--set",
                  "preview.every=0",
                  "--set",
                  "model.hidden=32",
                  "--set",
                  "training.optimizer={type: adam, learningRate: 0.01}"))
          .requireDone();
    }
  }

  private static Outcome program(String... arguments) {
    return Program.in(folder).run(arguments);
  }

  private static Outcome generate(String run, String... more) {
    List<String> arguments = new ArrayList<>(List.of("generate", run));
    arguments.addAll(List.of(more));
    return program(arguments.toArray(new String[0]));
  }

  @Test
  void greedyTextIsTheSameOnEveryEngineWhicheverTrained() {
    for (String trainedOn : List.of("scratch", "nd4j", "djl")) {
      List<String> texts = new ArrayList<>();
      for (String engine : enginesFor(trainedOn)) {
        Outcome outcome =
            generate(
                trainedOn, "--backend", engine, "--prefix=春雨", "--temperature=0", "--length=40");
        texts.add(outcome.requireDone().out());
        assertThat(outcome.err()).isEmpty();
      }
      assertThat(texts).allMatch(text -> text.equals(texts.get(0)));
      assertThat(texts.get(0)).startsWith("春雨").hasSize(2 + 40 + 1);
    }
  }

  /** Every engine for one of the runs; for the others their own and {@code scratch}. */
  private static List<String> enginesFor(String trainedOn) {
    return trainedOn.equals("scratch") ? List.of(ENGINES) : List.of("scratch", trainedOn);
  }

  @Test
  void theSeedChoosesTheText() {
    String[] hot = {"--prefix=雨", "--length=30", "--temperature=3", "--count", "2"};
    List<String> texts = generate("scratch", hot).requireDone().out().lines().toList();
    assertThat(texts).hasSize(2).doesNotHaveDuplicates().allMatch(text -> text.length() == 31);
    assertThat(generate("scratch", hot).out().lines().toList()).isEqualTo(texts);
    List<String> one = new ArrayList<>(List.of(hot));
    one.set(4, "1");
    one.addAll(List.of("--seed", "2"));
    assertThat(generate("scratch", one.toArray(new String[0])).out().strip()).isNotIn(texts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--prefix=x雨 | --prefix: the model does not know the character 'x' (U+0078) of the prefix 'x雨'; leave it",
        "--prefix= | --prefix: it is empty",
        "--temperature=-1 | --temperature: found -1.0; expected 0 or more",
        "--count=0 | --count: found 0; expected 1 or more",
        "--backend=none | there is no backend 'none'",
      })
  void wrongOptionsAreErrors(String option, String message) {
    Outcome outcome = generate("scratch", option);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void unknownCharactersOfAPrefixCanBeLeftOut() {
    Outcome outcome = generate("scratch", "--prefix=x雨y", "--skip-unknown", "--length=5");
    assertThat(outcome.requireDone().out()).startsWith("雨").hasSize(7);
    assertThat(outcome.err()).contains("left out of the prefix: 2 characters");
  }

  private static double perplexity(String... arguments) {
    String out = program(arguments).requireDone().out();
    Matcher score = SCORE.matcher(out);
    assertThat(score.lookingAt()).as(out).isTrue();
    double perplexity = Double.parseDouble(score.group(1));
    assertThat(Math.pow(2, Double.parseDouble(score.group(2))))
        .isCloseTo(perplexity, withinPercentage(0.01));
    return perplexity;
  }

  @Test
  void everyEngineScoresTheSame() throws IOException {
    Files.writeString(folder.resolve("other.txt"), "等风来，我把窗推开。\n春雨再来？");
    for (String trainedOn : List.of("scratch", "nd4j", "djl")) {
      List<Double> scores = new ArrayList<>();
      for (String engine : enginesFor(trainedOn)) {
        scores.add(perplexity("eval", trainedOn, "--backend", engine));
      }
      assertThat(scores)
          .allSatisfy(
              score ->
                  assertThat(score)
                      .isCloseTo(scores.get(0), withinPercentage(100 * RELATIVE_TOLERANCE)));
    }
    assertThat(program("eval", "scratch", "--corpus", "other.txt").out())
        .contains(" 14 characters\n")
        .contains("unknown characters left out: 1 of 16, 6.3 % (1 distinct): '？' (U+FF1F) once");
  }

  @Test
  void aModelFileIsEnough() {
    String file = "scratch/model.safetensors";
    assertThat(generate(file, "--prefix", "春").requireDone().out()).startsWith("春");
    assertThat(generate(file).requireDone().err())
        .contains("no --prefix: it begins with")
        .contains("by chance");
    assertThat(generate("scratch").requireDone().err()).contains("as the run's text does");
    assertThat(program("eval", file, "--corpus", "text.txt").requireDone().out())
        .startsWith("perplexity ");
    assertThat(program("eval", file).err()).contains("the model comes without a text");
  }
}
