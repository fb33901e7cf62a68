package io.github.lyricist.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.random.RandomStreams;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Sampling from more tokens than an int counts. */
class HugeCorpusTest {
  private static final RandomStreams RANDOM = new RandomStreams(1);

  private static Sampler sampler(SamplerSpec.Type type, int batchSize, int steps, HugeCorpus text) {
    return new SamplerSpec(type, batchSize, steps, false).over(text, RANDOM);
  }

  @Property(tries = 200)
  void consecutiveFollowsItsFormula(
      @ForAll @LongRange(min = 1L << 31, max = 1L << 40) long size,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 600, max = 2000) int steps,
      @ForAll @IntRange(min = 0, max = 1000) int permille) {
    HugeCorpus text = new HugeCorpus(size);
    Sampler sampler = sampler(SamplerSpec.Type.CONSECUTIVE, batchSize, steps, text);
    long rowLength = size / batchSize;
    assertThat((long) sampler.batchesPerEpoch()).isEqualTo((rowLength - 1) / steps);

    int index = (int) ((sampler.batchesPerEpoch() - 1L) * permille / 1000);
    Batch batch = sampler.epoch(1).get(index);

    for (int b = 0; b < batchSize; b++) {
      long start = b * rowLength + (long) index * steps;
      assertThat(text.reads.get(b)).isEqualTo(start);
      assertThat(batch.inputs()[b]).isEqualTo(HugeCorpus.token(start));
      assertThat(batch.targets()[(steps - 1) * batchSize + b])
          .isEqualTo(HugeCorpus.token(start + steps));
    }
  }

  @Test
  void randomReachesAllOfIt() {
    HugeCorpus text = new HugeCorpus(6_000_000_001L);
    Sampler sampler = sampler(SamplerSpec.Type.RANDOM, 64, 1000, text);
    assertThat(sampler.batchesPerEpoch()).isEqualTo(6_000_000 / 64);

    sampler.epoch(1).get(sampler.batchesPerEpoch() - 1);

    assertThat(text.reads)
        .hasSize(64)
        .doesNotHaveDuplicates()
        .allMatch(start -> start % 1000 == 0 && start >= 0 && start <= 5_999_999_000L)
        .anyMatch(start -> start > Integer.MAX_VALUE);
  }

  @Test
  void whatAnIntCannotCountIsRefused() {
    HugeCorpus text = new HugeCorpus(5_000_000_000L);
    assertThatThrownBy(() -> sampler(SamplerSpec.Type.RANDOM, 32, 2, text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "huge: random sampling shuffles at most 2,147,483,631 examples, but the corpus has"
                + " 2,499,999,999 of 2 characters; raise sampler.steps, set corpus.limit, or use"
                + " sampler.type: consecutive");
    assertThatThrownBy(() -> sampler(SamplerSpec.Type.CONSECUTIVE, 1, 2, text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "huge: an epoch has at most 2,147,483,647 batches, but the corpus gives 2,499,999,999;"
                + " raise sampler.batchSize or sampler.steps, or set corpus.limit");
    assertThat(sampler(SamplerSpec.Type.CONSECUTIVE, 2, 2, text).batchesPerEpoch())
        .isEqualTo(1_249_999_999);
  }
}
