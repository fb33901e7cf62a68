package io.github.lyricist.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Corpora;
import io.github.lyricist.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {

  private static Sampler sampler(
      SamplerSpec.Type type, int characters, boolean carryState, long seed) {
    return new SamplerSpec(type, 2, 6, carryState)
        .over(Corpora.ascending(characters), new RandomStreams(seed));
  }

  /** The rows of a time-major array, {@code [B][T]}. */
  static int[][] rows(Batch batch, int[] timeMajor) {
    return IntStream.range(0, batch.batchSize())
        .mapToObj(
            b ->
                IntStream.range(0, batch.steps())
                    .map(t -> timeMajor[t * batch.batchSize() + b])
                    .toArray())
        .toArray(int[][]::new);
  }

  private static List<Integer> starts(Sampler sampler, int epoch) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < sampler.batchesPerEpoch(); i++) {
      Batch batch = sampler.epoch(epoch).get(i);
      Arrays.stream(rows(batch, batch.inputs())).forEach(row -> starts.add(row[0]));
    }
    return starts;
  }

  @Test
  void consecutiveGivesTheTutorialsBatches() {
    Sampler sampler = sampler(SamplerSpec.Type.CONSECUTIVE, 30, false, 1);

    assertThat(sampler.batchesPerEpoch()).isEqualTo(2);
    Batch first = sampler.epoch(1).get(0);
    Batch second = sampler.epoch(1).get(1);
    assertThat(rows(first, first.inputs()))
        .isDeepEqualTo(new int[][] {{0, 1, 2, 3, 4, 5}, {15, 16, 17, 18, 19, 20}});
    assertThat(rows(first, first.targets()))
        .isDeepEqualTo(new int[][] {{1, 2, 3, 4, 5, 6}, {16, 17, 18, 19, 20, 21}});
    assertThat(rows(second, second.inputs()))
        .isDeepEqualTo(new int[][] {{6, 7, 8, 9, 10, 11}, {21, 22, 23, 24, 25, 26}});
    assertThat(rows(second, second.targets()))
        .isDeepEqualTo(new int[][] {{7, 8, 9, 10, 11, 12}, {22, 23, 24, 25, 26, 27}});
  }

  @Test
  void aBatchIsTimeMajor() {
    Batch batch = sampler(SamplerSpec.Type.CONSECUTIVE, 30, false, 1).epoch(1).get(0);

    assertThat(batch.inputs()).containsExactly(0, 15, 1, 16, 2, 17, 3, 18, 4, 19, 5, 20);
    assertThat(batch.predictions()).isEqualTo(12);
  }

  @Test
  void randomGivesEachOfTheTutorialsFourExamplesOnce() {
    Sampler sampler = sampler(SamplerSpec.Type.RANDOM, 30, false, 1);
    Set<List<Integer>> orders = new HashSet<>();

    assertThat(sampler.batchesPerEpoch()).isEqualTo(2);
    for (int epoch = 1; epoch <= 20; epoch++) {
      List<Integer> starts = starts(sampler, epoch);
      assertThat(starts).containsExactlyInAnyOrder(0, 6, 12, 18);
      orders.add(starts);
    }
    assertThat(orders).hasSizeGreaterThan(10);
  }

  @Test
  void randomDropsTheExamplesThatFillNoBatch() {
    Sampler sampler = sampler(SamplerSpec.Type.RANDOM, 36, false, 1);

    assertThat(sampler.batchesPerEpoch()).isEqualTo(2);
    assertThat(starts(sampler, 1)).hasSize(4).doesNotHaveDuplicates().isSubsetOf(0, 6, 12, 18, 24);
  }

  @Test
  void randomOrderIsAFunctionOfSeedAndEpoch() {
    Sampler one = sampler(SamplerSpec.Type.RANDOM, 600, false, 1);
    Sampler same = sampler(SamplerSpec.Type.RANDOM, 600, false, 1);
    Sampler other = sampler(SamplerSpec.Type.RANDOM, 600, false, 2);

    List<Integer> third = starts(one, 3);
    assertThat(starts(same, 3)).isEqualTo(third);
    assertThat(starts(one, 3)).isEqualTo(third);
    assertThat(starts(one, 4)).isNotEqualTo(third);
    assertThat(starts(other, 3)).isNotEqualTo(third);
  }

  @Test
  void randomStartsEveryBatchFromZero() {
    Sampler sampler = sampler(SamplerSpec.Type.RANDOM, 30, false, 1);

    assertThat(sampler.startsFromZero(1, 0)).isTrue();
    assertThat(sampler.startsFromZero(1, 1)).isTrue();
    assertThat(sampler.startsFromZero(2, 0)).isTrue();
  }

  @Test
  void consecutiveStartsEachEpochFromZero() {
    Sampler sampler = sampler(SamplerSpec.Type.CONSECUTIVE, 30, false, 1);

    assertThat(sampler.startsFromZero(1, 0)).isTrue();
    assertThat(sampler.startsFromZero(1, 1)).isFalse();
    assertThat(sampler.startsFromZero(2, 0)).isTrue();
    assertThat(sampler.startsFromZero(2, 1)).isFalse();
  }

  @Test
  void aCarriedStateStartsFromZeroOnlyOnce() {
    Sampler sampler = sampler(SamplerSpec.Type.CONSECUTIVE, 30, true, 1);

    assertThat(sampler.startsFromZero(1, 0)).isTrue();
    assertThat(sampler.startsFromZero(1, 1)).isFalse();
    assertThat(sampler.startsFromZero(2, 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"RANDOM, 13", "CONSECUTIVE, 14"})
  void saysHowManyCharactersOneBatchNeeds(SamplerSpec.Type type, int needed) {
    assertThat(sampler(type, needed, false, 1).batchesPerEpoch()).isEqualTo(1);
    assertThatThrownBy(() -> sampler(type, needed - 1, false, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "ascending: the corpus has %d characters, but one batch of 2 times 6 needs %d;"
                    .formatted(needed - 1, needed)
                + " give a longer text, or more of it (corpus.limit), or lower sampler.batchSize or sampler.steps");
  }
}
