package io.github.lyricist.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
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
    Choice decoding = new Decoding(temperature, topK, topP, null, 1).begin(random(), LOGITS.length);
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
    Choice decoding = new Decoding(1, 1, null, null, 1).begin(random(), 3);
    assertThat(IntStream.range(0, 100).map(i -> decoding.choose(new float[] {2, 1, 2})).distinct())
        .containsExactlyInAnyOrder(0, 2);
  }

  @Test
  void logitsBeyondTheRangeOfExpAreDrawnFromAsWell() {
    Choice decoding = new Decoding(1e-6, null, null, null, 1).begin(random(), 3);
    assertThat(decoding.choose(new float[] {-3e38f, 3e38f, 0})).isEqualTo(1);
  }

  @Test
  void theSameNumbersGiveTheSameChoices() {
    assertThat(frequencies(1, null, null)).isEqualTo(frequencies(1, null, null));
  }

  @Test
  void repetitionIsPenalized() {
    Choice decoding = new Decoding(0, null, null, null, 2).begin(random(), 3);
    assertThat(decoding.choose(new float[] {3, 2, -1})).isZero();
    decoding.read(0);
    assertThat(decoding.choose(new float[] {3, 2, -1})).isEqualTo(1);
    decoding.read(1);
    // -2, -6 and -1.5 now; then -2, -6 and -3
    assertThat(decoding.choose(new float[] {-1, -3, -1.5f})).isEqualTo(2);
    decoding.read(2);
    assertThat(decoding.choose(new float[] {-1, -3, -1.5f})).isZero();
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
    Choice decoding = new Decoding(temperature, null, null, null, 1).begin(random(), 2);
    float[] logits = {first, second};
    assertThatThrownBy(() -> decoding.choose(logits))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("the largest logit is " + largest + "; expected a finite number");
  }

  /** Of the likeliest, 0.4, not quite a half is 0.2: temperature comes after. */
  @Test
  void minPKeepsWhatIsNotFarLessLikelyThanTheLikeliest() {
    assertFrequencies(minP(1, 0.499), 0, 4 / 9.0, 2 / 9.0, 3 / 9.0);
    assertFrequencies(minP(1, 0.51), 0, 4 / 7.0, 0, 3 / 7.0);
    assertFrequencies(minP(100, 0.51), 0, 0.5, 0, 0.5);
    assertFrequencies(minP(1, 1), 0, 1, 0, 0);
    assertFrequencies(minP(1, 0), 0.1, 0.4, 0.2, 0.3);
  }

  private static double[] minP(double temperature, double share) {
    Choice choice = Decoding.sampling(temperature).withMinP(share).begin(random(), LOGITS.length);
    double[] frequencies = new double[LOGITS.length];
    for (int i = 0; i < DRAWS; i++) {
      frequencies[choice.choose(LOGITS)] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  @ParameterizedTest
  @CsvSource({
    "-1, , , , 1, temperature",
    "NaN, , , , 1, temperature",
    "Infinity, , , , 1, temperature",
    "1, 0, , , 1, top-k",
    "1, , 0, , 1, top-p",
    "1, , 1.1, , 1, top-p",
    "1, , , -0.1, 1, min-p",
    "1, , , 1.1, 1, min-p",
    "1, , , NaN, 1, min-p",
    "1, , , , 0, repetition-penalty"
  })
  void refusesWhatMakesNoSense(
      double temperature,
      @Nullable Integer topK,
      @Nullable Double topP,
      @Nullable Double minP,
      double penalty,
      String key) {
    assertThatThrownBy(() -> new Decoding(temperature, topK, topP, minP, penalty))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(
            e ->
                assertThat(((InvalidInputException) e).locatedBy(k -> "--" + k))
                    .hasMessageStartingWith("--" + key + ": found "));
  }
}
