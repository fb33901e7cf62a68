package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerSpecTest {
  static Stream<ThrowingCallable> withoutEpsilonInSinglePrecision() {
    return Stream.of(() -> new Adam(0.1, 0.9, 0.999, 1e-50), () -> new RmsProp(0.1, 0.99, 1e-50));
  }

  @ParameterizedTest
  @MethodSource("withoutEpsilonInSinglePrecision")
  void refusesAnEpsilonThatIsZeroInSinglePrecision(ThrowingCallable optimizer) {
    assertThatThrownBy(optimizer)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 1.0E-50, which is 0 in single precision");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateOrAnEpsilonThatIsNotAbove0(double value) {
    for (ThrowingCallable optimizer :
        List.<ThrowingCallable>of(
            () -> new Sgd(value, 0),
            () -> new Adam(value, 0.9, 0.999, 1e-8),
            () -> new Adam(0.1, 0.9, 0.999, value),
            () -> new RmsProp(value, 0.99, 1e-8),
            () -> new RmsProp(0.1, 0.99, value))) {
      assertThatThrownBy(optimizer)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("found " + value + "; expected a number above 0");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1, Double.NaN})
  void refusesAFractionThatIsNone(double value) {
    for (ThrowingCallable optimizer :
        List.<ThrowingCallable>of(
            () -> new Sgd(1, value),
            () -> new Adam(0.1, value, 0.999, 1e-8),
            () -> new Adam(0.1, 0.9, value, 1e-8),
            () -> new RmsProp(0.1, value, 1e-8))) {
      assertThatThrownBy(optimizer)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("found " + value + "; expected a number from 0 to below 1");
    }
    assertThat(new Adam(0.1, 0, 0, 1e-8).beta1()).isZero();
  }

  @Test
  void remembersWhatPyTorchCallsSo() {
    assertThat(new Sgd(1, 0).remembered()).isEmpty();
    assertThat(new Sgd(1, 0.9).remembered()).containsExactly("momentum_buffer");
    assertThat(Adam.DEFAULT.remembered()).containsExactly("exp_avg", "exp_avg_sq");
    assertThat(RmsProp.DEFAULT.remembered()).containsExactly("square_avg");
  }

  /** At t = 2: 1 − 0.5² = 0.75, and √(1 − 0.6²) = 0.8. */
  @Test
  void adamCorrectsItsBias() {
    Adam adam = new Adam(1, 0.5, 0.6, 1e-8);
    assertThat(adam.stepSize(3, 2)).isEqualTo(4);
    assertThat(adam.rootCorrection(2)).isEqualTo(0.8);
  }

  @Test
  void takesTheSmallestEpsilonOfSinglePrecision() {
    assertThat(new Adam(0.1, 0.9, 0.999, Float.MIN_VALUE).epsilon()).isEqualTo(Float.MIN_VALUE);
  }
}
