package io.github.lyricist.scratch.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.testkit.Tiny;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What docs/mathematics.md derives of the optimizers, in double precision. */
class OptimizerTest {
  private static final ModelSpec MODEL = Tiny.model(Cell.RNN, true);
  private static final String NAME = "linear.bias";
  private static final double RATE = 0.1;

  /** A parameter that starts at {@code weight}, after a step along each of these gradients. */
  private static double after(OptimizerSpec spec, double weight, double... gradients) {
    Weights weights = Weights.zero(MODEL, Tiny.VOCABULARY);
    Arrays.fill(weights.get(NAME), weight);
    Optimizer optimizer = new Optimizer(spec, weights, Precision.DOUBLE);
    Weights gradient = weights.zeros();
    for (double g : gradients) {
      Arrays.fill(gradient.get(NAME), g);
      optimizer.step(gradient, RATE);
    }
    return weights.get(NAME)[0];
  }

  @Test
  void momentumWeighsEachGradientByItsAge() {
    double mu = 0.9;
    double third = 3 + mu * (2 + mu);
    double moved = 1 + (2 + mu) + third;
    assertThat(after(new Sgd(1, mu), 0, 1, 2, 3)).isCloseTo(-RATE * moved, within(1e-14));
  }

  @Test
  void adamMovesByTheRateWhileTheGradientStays() {
    Adam adam = new Adam(1, 0.9, 0.999, 1e-8);
    for (double g : new double[] {1e-3, 1, -1e3}) {
      double step = RATE * g / (Math.abs(g) + adam.epsilon());
      assertThat(after(adam, 0, g, g, g, g)).isCloseTo(-4 * step, within(1e-12));
    }
  }

  @Test
  void adamWTakesItsShareOfTheWeightBeforeAdamsStep() {
    AdamW adamW = new AdamW(new Adam(1, 0.9, 0.999, 1e-8), 0.5);
    double step = RATE / (1 + adamW.adam().epsilon());
    assertThat(after(adamW, 2, 1)).isCloseTo(2 * (1 - RATE * 0.5) - step, within(1e-14));
  }

  @Test
  void rmsPropStartsWithTooSmallAMeanAndSoWithLargeSteps() {
    double step = RATE / (Math.sqrt(1 - 0.99) + 1e-8);
    assertThat(after(new RmsProp(1, 0.99, 1e-8), 0, 1)).isCloseTo(-step, within(1e-12));
  }
}
