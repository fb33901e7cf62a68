package io.github.lyricist.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  private static List<Long> first(UniformRandomProvider random, int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(random.nextLong());
    }
    return numbers;
  }

  /** Computed apart from this program, by the published SplitMix64 and xoshiro256++. */
  @Test
  void givesTheSameNumbersForEver() {
    assertThat(first(new RandomStreams(1).stream(Purpose.INITIAL_PARAMETERS, 0), 3))
        .containsExactly(0x56baa202849d6c29L, 0xed4eff760fb66aaeL, 0xff5468ff078bb71bL);
    assertThat(first(new RandomStreams(1).stream(Purpose.SHUFFLE, 1, 0), 3))
        .containsExactly(0xb265d34b7de15f26L, 0x2d86f601bf96a85fL, 0xd75c15741c1ee093L);
    assertThat(first(new RandomStreams(-7).stream(Purpose.GENERATION, 250, 31), 3))
        .containsExactly(0x4bbf23cf148a7129L, 0xc0103ad0da322e25L, 0x91b2551d3e68556dL);
  }

  @Test
  void startsAFreshStreamEachTime() {
    RandomStreams random = new RandomStreams(1);
    List<Long> numbers = first(random.stream(Purpose.DROPOUT, 2, 3), 5);

    assertThat(first(random.stream(Purpose.DROPOUT, 2, 3), 5)).isEqualTo(numbers);
  }

  @Test
  void differsInSeedPurposeEpochAndBatch() {
    List<Long> numbers = new ArrayList<>();
    for (long seed : new long[] {0, 1, 2, Long.MIN_VALUE}) {
      RandomStreams random = new RandomStreams(seed);
      for (Purpose purpose : Purpose.values()) {
        for (int epoch = 0; epoch < 4; epoch++) {
          for (int batch = 0; batch < 4; batch++) {
            numbers.addAll(first(random.stream(purpose, epoch, batch), 2));
          }
        }
      }
    }

    assertThat(numbers).hasSize(4 * Purpose.values().length * 4 * 4 * 2).doesNotHaveDuplicates();
  }
}
