package io.github.lyricist.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.SplitMix64;
import org.apache.commons.rng.core.source64.XoShiRo256PlusPlus;

/**
 * The random numbers of one experiment. Every stream is a function of (seed, purpose, epoch, batch)
 * alone: a resumed run needs no saved generator, and every engine on every JDK sees the same
 * numbers.
 *
 * @param seed the experiment's seed
 */
public record RandomStreams(long seed) {
  private static final int MOST_SEEDS = 1_000_000_000;

  /** What a stream is for; streams of different purposes are independent. */
  public enum Purpose {
    INITIAL_PARAMETERS(1),
    SHUFFLE(2),
    DROPOUT(3),
    GENERATION(4),
    TWIN(5),
    PREVIEW(6),
    BEGINNING(7),
    SWEEP(8);

    private final long number;

    Purpose(long number) {
      this.number = number;
    }
  }

  /** A seed that nobody chose, from the clock; short, so that it is easily typed again. */
  public static long anySeed() {
    return new RandomStreams(System.nanoTime())
        .stream(Purpose.GENERATION, System.currentTimeMillis()).nextInt(1, MOST_SEEDS);
  }

  /** A stream that depends on neither epoch nor batch, but on an index of the caller's. */
  public UniformRandomProvider stream(Purpose purpose, long index) {
    return stream(purpose, 0, index);
  }

  /** A fresh generator at the start of the stream for this purpose, epoch and batch. */
  public UniformRandomProvider stream(Purpose purpose, long epoch, long batch) {
    long state = mix(seed);
    state = mix(state ^ purpose.number);
    state = mix(state ^ epoch);
    state = mix(state ^ batch);
    SplitMix64 expand = new SplitMix64(state);
    return new XoShiRo256PlusPlus(
        expand.nextLong(), expand.nextLong(), expand.nextLong(), expand.nextLong());
  }

  /** One output of SplitMix64 (Steele, Lea and Flood, 2014), a bijection that mixes every bit. */
  private static long mix(long value) {
    return new SplitMix64(value).nextLong();
  }
}
