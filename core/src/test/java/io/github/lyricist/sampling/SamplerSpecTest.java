package io.github.lyricist.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerSpecTest {

  @ParameterizedTest
  @CsvSource({
    "0, 35, found 0; expected a whole number at least 1",
    "32, 0, found 0; expected a whole number at least 1",
    "-1, 35, found -1; expected a whole number at least 1",
    "65536, 65536, batchSize times steps is 4294967296; expected at most 67108864 characters per batch",
  })
  void refusesSizesOutOfRange(int batchSize, int steps, String message) {
    assertThatThrownBy(() -> new SamplerSpec(SamplerSpec.Type.RANDOM, batchSize, steps, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message.replace("number at", "number, at"));
  }

  @Test
  void takesSizesAtTheEndsOfTheirRanges() {
    assertThat(new SamplerSpec(SamplerSpec.Type.RANDOM, 1, 1, false).steps()).isEqualTo(1);
    assertThat(new SamplerSpec(SamplerSpec.Type.RANDOM, 1 << 13, 1 << 13, false).steps())
        .isEqualTo(8192);
    assertThatThrownBy(() -> new SamplerSpec(SamplerSpec.Type.RANDOM, 1, (1 << 26) + 1, false))
        .hasMessageStartingWith("batchSize times steps is 67108865;");
  }

  @Test
  void refusesACarriedStateWithRandomSampling() {
    assertThatThrownBy(() -> new SamplerSpec(SamplerSpec.Type.RANDOM, 2, 6, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("random sampling starts every batch from a zero state");
    assertThat(new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, 2, 6, true).carryState()).isTrue();
  }

  @Test
  void aBatchRefusesArraysOfAnotherSize() {
    assertThatThrownBy(() -> new Batch(2, 3, new int[6], new int[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 6 inputs and targets, found 6 and 5");
  }
}
