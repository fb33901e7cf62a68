package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingTest {
  private static final int DRAWS = 20_000;
  private static final float[] LOGITS = { // of 0.1, 0.4, 0.2, 0.3
    (float) Math.log(0.1), (float) Math.log(0.4), (float) Math.log(0.2), (float) Math.log(0.3)
  };

  private static UniformRandomProvider random() {
    return new RandomStreams(7).stream(Purpose.GENERATION, 0);
  }

  private static double[] frequencies(
      double temperature, @Nullable Integer topK, @Nullable Double topP) {
    Decoding decoding = new DecodingSpec(temperature, topK, topP, 1).begin(random(), LOGITS.length);
    double[] frequencies = new double[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      frequencies[decoding.choose(LOGITS.clone())] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  private static void assertFrequencies(double[] actual, double... expected) {
    for (int id = 0; id < expected.length; id++) {
      if (expected[id] == 0) {
        assertThat(actual[id]).as("id %d", id).isZero();
      } else {
        assertThat(actual[id]).as("id %d", id).isCloseTo(expected[id], within(0.015));
      }
    }
  }

  @Test
  void drawsFromTheSoftmax() {
    assertFrequencies(frequencies(1, null, null), 0.1, 0.4, 0.2, 0.3);
    // Their squares are 0.01, 0.16, 0.04, 0.09, 0.3 together.
    assertFrequencies(frequencies(0.5, null, null), 0.01 / 0.3, 0.16 / 0.3, 0.04 / 0.3, 0.09 / 0.3);
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertFrequencies(frequencies(1, 2, null), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(frequencies(1, 1, null), 0, 1, 0, 0);
    assertFrequencies(frequencies(1, 99, null), 0.1, 0.4, 0.2, 0.3);
  }

  @Test
  void topPKeepsTheLikeliestThatTogetherHaveThatProbability() {
    assertFrequencies(frequencies(1, null, 0.01), 0, 1, 0, 0);
    assertFrequencies(frequencies(1, null, 0.65), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(frequencies(1, null, 0.75), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
    assertFrequencies(frequencies(1, null, 1.0), 0.1, 0.4, 0.2, 0.3);
    // Of the two that topK leaves, the first alone has 4/7.
    assertFrequencies(frequencies(1, 2, 0.5), 0, 1, 0, 0);
  }

  @Test
  void charactersAsLikelyAsTheLastOneAreKeptToo() {
    Decoding decoding = new DecodingSpec(1, 1, null, 1).begin(random(), 3);
    assertThat(IntStream.range(0, 100).map(i -> decoding.choose(new float[] {2, 1, 2})).distinct())
        .containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void logitsBeyondTheRangeOfExpAreDrawnFromAsWell() {
    Decoding decoding = new DecodingSpec(1e-6, null, null, 1).begin(random(), 3);
    assertThat(decoding.choose(new float[] {-3e38f, 3e38f, 0})).isEqualTo(1);
  }

  @Test
  void theSameNumbersGiveTheSameChoices() {
    assertThat(frequencies(1, null, null)).isEqualTo(frequencies(1, null, null));
  }

  @Test
  void repetitionIsPenalized() {
    Decoding decoding = new DecodingSpec(0, null, null, 2).begin(random(), 3);
    assertThat(decoding.choose(new float[] {3, 2, -1})).isZero();
    decoding.read(0);
    assertThat(decoding.choose(new float[] {3, 2, -1})).isEqualTo(1);
    decoding.read(1);
    float[] logits = {-1, -3, -1.5f};
    decoding.choose(logits);
    assertThat(logits).containsExactly(-2, -6, -1.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, NaN, 1, NaN",
    "1, NaN, 1, NaN",
    "0, 1, NaN, NaN",
    "1, Infinity, 1, Infinity",
    "0, -Infinity, -Infinity, -Infinity",
    "1, -Infinity, -Infinity, -Infinity"
  })
  void refusesToChooseFromWhatIsNotANumber(
      double temperature, float first, float second, String largest) {
    Decoding decoding = new DecodingSpec(temperature, null, null, 1).begin(random(), 2);
    float[] logits = {first, second};
    assertThatThrownBy(() -> decoding.choose(logits))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("the largest logit is " + largest + "; expected a finite number");
  }

  @Test
  void aTextDrawsFromTheStreamOfItsNumber() {
    DecodingSpec spec = new DecodingSpec(1, null, null, 1);
    List<Decoding> together = spec.begin(new RandomStreams(7), 3, 2, LOGITS.length);
    assertThat(together).hasSize(2);
    Decoding alone = spec.begin(new RandomStreams(7), 4, 1, LOGITS.length).get(0);
    Decoding first = spec.begin(random(), LOGITS.length);
    List<Integer> chosen = new ArrayList<>();
    List<Integer> chosenAlone = new ArrayList<>();
    List<Integer> chosenFirst = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      together.get(0).choose(LOGITS.clone());
      chosen.add(together.get(1).choose(LOGITS.clone()));
      chosenAlone.add(alone.choose(LOGITS.clone()));
      chosenFirst.add(first.choose(LOGITS.clone()));
    }
    assertThat(chosen).isEqualTo(chosenAlone).isNotEqualTo(chosenFirst);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, , , 1, temperature",
    "NaN, , , 1, temperature",
    "Infinity, , , 1, temperature",
    "1, 0, , 1, top-k",
    "1, , 0, 1, top-p",
    "1, , 1.1, 1, top-p",
    "1, , , 0, repetition-penalty"
  })
  void refusesWhatMakesNoSense(
      double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      double penalty,
      String key) {
    assertThatThrownBy(() -> new DecodingSpec(temperature, topK, topP, penalty))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(
            e ->
                assertThat(((InvalidInputException) e).locatedBy(k -> "--" + k))
                    .hasMessageStartingWith("--" + key + ": found "));
  }
}
