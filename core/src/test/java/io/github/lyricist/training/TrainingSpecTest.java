package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSpecTest {
  private static TrainingSpec spec(
      int epochs,
      @Nullable Double clipNorm,
      @Nullable Double clipValue,
      @Nullable Integer earlyStop) {
    return new TrainingSpec(
        epochs, Sgd.DEFAULT, clipNorm, clipValue, new Constant(), 1, 1, earlyStop);
  }

  private static void assertRefused(ThrowingCallable spec, String message) {
    assertThatThrownBy(spec).isInstanceOf(InvalidInputException.class).hasMessage(message);
  }

  @Test
  void countsHaveALeastOne() {
    assertRefused(
        () -> spec(-1, null, null, null), "found -1; expected a whole number, at least 0");
    assertThat(spec(0, null, null, 1).earlyStop()).isEqualTo(1);
    assertRefused(
        () -> spec(1, null, null, 0), "found 0; expected a number of epochs, at least 1, or null");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aClippingThatIsNotAbove0IsRefused(double value) {
    String message = "found " + value + "; expected a number above 0, or null for no clipping";
    assertRefused(() -> spec(1, value, null, null), message);
    assertRefused(() -> spec(1, null, value, null), message);
  }

  @Test
  void aGradientIsScaledDownToTheNormButNeverUp() {
    assertThat(spec(1, 2.0, null, null).clipFactor(8)).isEqualTo(0.25);
    assertThat(spec(1, 2.0, null, null).clipFactor(2)).isEqualTo(1);
    assertThat(spec(1, 2.0, null, null).clipFactor(0.5)).isEqualTo(1);
    assertThat(spec(1, null, null, null).clipFactor(1e9)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.0000001, Double.NaN})
  void aScheduleMultipliesByAFraction(double factor) {
    String message = "found " + factor + "; expected a number above 0, at most 1";
    assertRefused(() -> new Step(factor, 1, 1), message);
    assertRefused(() -> new Plateau(factor, 0), message);
  }

  @Test
  void aScheduleCountsEpochs() {
    assertThat(new Step(1, 1, 1).factor()).isEqualTo(1);
    assertThat(new Plateau(1, 0).patience()).isZero();
    String message = "found %d; expected a number of epochs, at least %d";
    assertRefused(() -> new Step(1, 0, 1), message.formatted(0, 1));
    assertRefused(() -> new Step(1, 1, 0), message.formatted(0, 1));
    assertRefused(() -> new Plateau(1, -1), message.formatted(-1, 0));
  }

  @Test
  void anEpochsLastUpdateMayBeOfFewerBatches() {
    assertThat(accumulating(1).updates(5)).isEqualTo(5);
    assertThat(accumulating(2).updates(5)).isEqualTo(3);
    assertThat(accumulating(Integer.MAX_VALUE).updates(5)).isEqualTo(1);
    assertThat(accumulating(1).gradients()).isEqualTo(1);
    assertThat(accumulating(2).gradients()).isEqualTo(2);
  }

  private static TrainingSpec accumulating(int batches) {
    return new TrainingSpec(
        1, OptimizerSpec.Sgd.DEFAULT, null, null, new ScheduleSpec.Constant(), batches, 1, null);
  }
}
