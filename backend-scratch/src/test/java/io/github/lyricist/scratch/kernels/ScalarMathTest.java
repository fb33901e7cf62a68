package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The stated error bounds, 2 or 3 units in the last place, over the whole range. */
class ScalarMathTest {
  private static final double BOUND = 2;

  @Test
  void expKeepsItsErrorBound() {
    double worst = 0;
    for (float x = -87; x < 88; x += 0.000731f) {
      worst = Math.max(worst, error(ScalarMath.exp(x), x, Math::exp));
    }
    assertThat(worst).isLessThan(BOUND);
  }

  @Test
  void tanhKeepsItsErrorBound() {
    double worst = 0;
    for (float x = -12; x < 12; x += 0.0000973f) {
      worst = Math.max(worst, error(ScalarMath.tanh(x), x, Math::tanh));
    }
    assertThat(worst).isLessThan(BOUND);
  }

  @Test
  void sigmoidKeepsItsErrorBound() {
    double worst = 0;
    for (float x = -87; x < 30; x += 0.000731f) {
      worst = Math.max(worst, error(ScalarMath.sigmoid(x), x, y -> 1 / (1 + Math.exp(-y))));
    }
    assertThat(worst).isLessThan(3);
  }

  private static double error(float actual, float x, DoubleUnaryOperator exact) {
    double expected = exact.applyAsDouble(x);
    return Math.abs(actual - expected) / Math.ulp((float) expected);
  }

  @Test
  void expSaturatesAndPassesOnNotANumber() {
    assertThat(ScalarMath.exp(Float.NEGATIVE_INFINITY)).isBetween(0f, 2e-38f);
    assertThat(ScalarMath.exp(Float.POSITIVE_INFINITY)).isGreaterThan(2e38f).isFinite();
    assertThat(ScalarMath.exp(Float.NaN)).isNaN();
    assertThat(ScalarMath.exp(0)).isEqualTo(1);
  }
}
