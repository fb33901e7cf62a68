package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  @Test
  void takesTheSmallestEpsilonOfSinglePrecision() {
    assertThat(new Adam(0.1, 0.9, 0.999, Float.MIN_VALUE).epsilon()).isEqualTo(Float.MIN_VALUE);
  }
}
