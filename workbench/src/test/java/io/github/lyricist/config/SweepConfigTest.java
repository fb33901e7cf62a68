package io.github.lyricist.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.config.Dimension.Choice;
import io.github.lyricist.config.Dimension.Range;
import io.github.lyricist.config.SweepSpec.Halving;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.config.SweepSpec.Search;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepConfigTest {
  private static final String BASE = "name: b\ncorpus: {source: text.txt}\n";

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before each test
  private Path folder;

  private SweepConfig read(String yaml) throws IOException {
    Files.writeString(folder.resolve("base.yaml"), BASE);
    return SweepConfig.read(Files.writeString(folder.resolve("s.yaml"), yaml));
  }

  private static List<String> choice(SweepConfig config, String key) {
    return ((Choice) Objects.requireNonNull(config.spec().space().dimensions().get(key))).values();
  }

  private static Range range(SweepConfig config, String key) {
    return (Range) Objects.requireNonNull(config.spec().space().dimensions().get(key));
  }

  @Test
  void everyKey() throws IOException {
    SweepConfig config =
        read(
            """
            name: which
            base: base.yaml
            search: halving
            trials: 9
            seed: 7
            halving: {factor: 2, from: 3}
            objective: bitsPerCharacter
            space:
              model.cell: [rnn, gru]
              training.optimizer: [{type: sgd, learningRate: 1}, {type: adam}]
              model.dropout: {linear: [0, 0.5]}
              model.hidden: {log: [16, 256]}
              corpus.limit: [null, 0x10]
            """);
    SweepSpec spec = config.spec();
    assertThat(spec.name()).isEqualTo("which");
    assertThat(spec.base()).isEqualTo(folder.resolve("base.yaml"));
    assertThat(spec.search()).isEqualTo(Search.HALVING);
    assertThat(spec.trials()).isEqualTo(9);
    assertThat(spec.seed()).isEqualTo(7);
    assertThat(spec.halving()).isEqualTo(new Halving(2, 3));
    assertThat(spec.objective()).isEqualTo(Objective.BITS_PER_CHARACTER);
    assertThat(choice(config, "model.cell")).containsExactly("\"rnn\"", "\"gru\"");
    assertThat(choice(config, "training.optimizer"))
        .containsExactly("{\"type\":\"sgd\",\"learningRate\":1}", "{\"type\":\"adam\"}");
    assertThat(choice(config, "corpus.limit")).containsExactly("null", "16");
    assertThat(range(config, "model.dropout"))
        .extracting(Range::low, Range::high, Range::logarithmic, Range::whole)
        .containsExactly(0.0, 0.5, false, false);
    assertThat(range(config, "model.hidden"))
        .extracting(Range::logarithmic, Range::whole)
        .containsExactly(true, true);
    assertThat(config.place("objective")).endsWith("s.yaml:7:12");
  }

  @Test
  void aTrialIsTheBaseWithOtherValues() throws IOException {
    SweepConfig config =
        read("base: base.yaml\nspace: {model.hidden: [3, 4], corpus.source: [a.txt, b.txt]}");
    Map<String, String> values = Map.of("model.hidden", "4", "corpus.source", "\"b.txt\"");
    ExperimentSpec spec = config.trial(values, model -> null).spec();
    assertThat(spec.model().hidden()).isEqualTo(4);
    assertThat(spec.name()).isEqualTo("b");
    assertThat(spec.corpus().source()).isEqualTo(folder.resolve("b.txt").toString());
  }

  @Test
  void aValueThatCannotBeIsNamedWithItsPlace() throws IOException {
    SweepConfig config = read("base: base.yaml\nspace: {model.hidden: [3, tall]}");
    assertThatThrownBy(() -> config.trial(Map.of("model.hidden", "\"tall\""), model -> null))
        .hasMessage(
            folder.resolve("s.yaml")
                + ":2:23: 'model.hidden' is 'tall'; expected auto or a whole number");
  }

  @Test
  void aGridHasTheLastKeyChangingFastest() throws IOException {
    SweepConfig config = read("base: base.yaml\nspace: {model.hidden: [3, 4], seed: [1, 2]}");
    assertThat(config.spec().space().grid())
        .containsExactly(
            Map.of("model.hidden", "3", "seed", "1"),
            Map.of("model.hidden", "3", "seed", "2"),
            Map.of("model.hidden", "4", "seed", "1"),
            Map.of("model.hidden", "4", "seed", "2"));
  }

  @Test
  void whatDoesNotVaryIsNotShown() throws IOException {
    SweepConfig config =
        read("base: base.yaml\nspace: {model.hidden: [3], seed: {linear: [1, 2]}}");
    assertThat(config.spec().space().varied()).containsExactly("seed");
  }

  private static List<Double> drawn(Range range) {
    UniformRandomProvider random = new RandomStreams(1).stream(Purpose.SWEEP, 0);
    return IntStream.range(0, 10_000)
        .mapToObj(i -> Double.valueOf(range.draw(random)))
        .sorted()
        .toList();
  }

  @Test
  void numbersOfARangeAreSpreadEvenly() throws IOException {
    SweepConfig config =
        read(
            "base: base.yaml\nspace: {a: {linear: [2, 4]}, b: {log: [0.01, 1.0]}, c: {linear: [1, 4]}}");
    Range rates = range(config, "b");
    assertThat(drawn(rates)).allMatch(rate -> rate >= 0.01 && rate <= 1);
    assertThat(drawn(rates).get(5000)).isBetween(0.09, 0.11);
    assertThat(rates.draw(new RandomStreams(1).stream(Purpose.SWEEP, 0))).matches("0\\.[0-9]{1,6}");
    List<Double> whole = drawn(range(config, "c"));
    for (double number = 1; number <= 4; number++) {
      double wanted = number;
      assertThat(whole.stream().filter(each -> each == wanted).count()).isBetween(2300L, 2700L);
    }
    assertThat(whole).allMatch(each -> each >= 1 && each <= 4);
  }
}
