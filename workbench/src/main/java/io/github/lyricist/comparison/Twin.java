package io.github.lyricist.comparison;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import org.apache.commons.rng.UniformRandomProvider;

/** Initial parameters that differ from others by rounding alone. */
public final class Twin {
  private Twin() {}

  /**
   * Moves every trained parameter by one unit in the last place, up or down at random.
   *
   * @param parameters changed in place
   * @param number which twin, from 1; each is moved otherwise
   */
  public static void move(Parameters parameters, ModelSpec spec, RandomStreams random, int number) {
    UniformRandomProvider bits = random.stream(Purpose.TWIN, number);
    parameters.forEach(
        (name, values) -> {
          if (spec.isTrained(name)) {
            for (int i = 0; i < values.length; i++) {
              values[i] = bits.nextBoolean() ? Math.nextUp(values[i]) : Math.nextDown(values[i]);
            }
          }
        });
    if (spec.tieWeights()) {
      float[] shared = parameters.get("embedding.weight");
      System.arraycopy(shared, 0, parameters.get("linear.weight"), 0, shared.length);
    }
  }
}
