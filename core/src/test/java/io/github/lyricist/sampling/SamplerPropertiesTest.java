package io.github.lyricist.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.corpus.Corpora;
import io.github.lyricist.random.RandomStreams;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SamplerPropertiesTest {

  private static int needed(SamplerSpec.Type type, int batchSize, int steps) {
    return batchSize * steps + (type == SamplerSpec.Type.RANDOM ? 1 : batchSize);
  }

  @Property(tries = 300)
  void batchesFollowTheFormulas(
      @ForAll SamplerSpec.Type type,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 1, max = 12) int steps,
      @ForAll @IntRange(max = 300) int more) {
    int characters = needed(type, batchSize, steps) + more;
    Sampler sampler =
        new SamplerSpec(type, batchSize, steps, false)
            .over(Corpora.ascending(characters), new RandomStreams(1));

    int expected =
        type == SamplerSpec.Type.RANDOM
            ? (characters - 1) / steps / batchSize
            : (characters / batchSize - 1) / steps;
    assertThat(sampler.batchesPerEpoch()).isEqualTo(expected);
  }

  /** Token ids are places in the corpus, so an id tells where an input comes from. */
  @Property(tries = 300)
  void predictsNoCharacterTwiceInAnEpochAndAlwaysTheNextOne(
      @ForAll SamplerSpec.Type type,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 1, max = 12) int steps,
      @ForAll @IntRange(max = 300) int more,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 1000) int epoch) {
    Sampler sampler =
        new SamplerSpec(type, batchSize, steps, false)
            .over(
                Corpora.ascending(needed(type, batchSize, steps) + more), new RandomStreams(seed));
    Set<Integer> seen = new HashSet<>();

    for (int i = 0; i < sampler.batchesPerEpoch(); i++) {
      Batch batch = sampler.epoch(epoch).get(i);
      for (int j = 0; j < batch.inputs().length; j++) {
        assertThat(batch.targets()[j]).isEqualTo(batch.inputs()[j] + 1);
        assertThat(seen.add(batch.inputs()[j])).isTrue();
      }
      for (int[] row : SamplerTest.rows(batch, batch.inputs())) {
        for (int t = 1; t < steps; t++) {
          assertThat(row[t]).isEqualTo(row[0] + t);
        }
      }
    }
    assertThat(seen).hasSize(sampler.batchesPerEpoch() * batchSize * steps);
  }

  @Property(tries = 100)
  void consecutiveGoesOnWhereTheBatchBeforeStopped(
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 1, max = 12) int steps,
      @ForAll @IntRange(max = 300) int more) {
    Sampler sampler =
        new SamplerSpec(SamplerSpec.Type.CONSECUTIVE, batchSize, steps, false)
            .over(
                Corpora.ascending(
                    2 * needed(SamplerSpec.Type.CONSECUTIVE, batchSize, steps) + more),
                new RandomStreams(1));

    for (int i = 1; i < sampler.batchesPerEpoch(); i++) {
      Batch before = sampler.epoch(1).get(i - 1);
      Batch batch = sampler.epoch(1).get(i);
      for (int b = 0; b < batchSize; b++) {
        assertThat(batch.inputs()[b]).isEqualTo(before.targets()[(steps - 1) * batchSize + b]);
      }
    }
  }
}
