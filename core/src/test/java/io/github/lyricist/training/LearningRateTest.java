package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Cosine;
import io.github.lyricist.training.ScheduleSpec.Linear;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static final int UPDATES = 4; // of an epoch

  private static LearningRate by(ScheduleSpec schedule) {
    return new LearningRate(
        new TrainingSpec(9, new Sgd(8, 0), null, null, schedule, 1, 1, null), UPDATES);
  }

  /** The rate of each epoch, with these validation perplexities after them. */
  private static double[] rates(ScheduleSpec schedule, double... validation) {
    LearningRate rate = by(schedule);
    return IntStream.range(0, validation.length)
        .mapToDouble(
            i -> {
              double ofEpoch = rate.of(i + 1, UPDATES - 1);
              rate.epochDone(validation[i]);
              return ofEpoch;
            })
        .toArray();
  }

  @Test
  void constantStays() {
    assertThat(rates(new Constant(), 3, 4, 5)).containsExactly(8, 8, 8);
  }

  @Test
  void stepMultipliesFromAnEpochOnEverySoOften() {
    assertThat(rates(new Step(0.5, 2, 3), 1, 1, 1, 1, 1, 1, 1))
        .containsExactly(8, 8, 4, 4, 2, 2, 1);
  }

  /** As ReduceLROnPlateau: with patience 1 the second epoch in a row that is no better counts. */
  @Test
  void plateauMultipliesWhenPatienceIsExceeded() {
    assertThat(rates(new Plateau(0.5, 1), 5, 6, 7, 7, 7, 4, 5, 5, 1))
        .containsExactly(8, 8, 8, 4, 4, 2, 2, 2, 1);
    assertThat(rates(new Plateau(0.25, 0), 5, 5, 4, 4)).containsExactly(8, 8, 2, 2);
  }

  /** The rates of all updates of three epochs. */
  private static double[] ofUpdates(ScheduleSpec schedule) {
    LearningRate rate = by(schedule);
    return IntStream.range(0, 3 * UPDATES)
        .mapToDouble(i -> rate.of(1 + i / UPDATES, i % UPDATES))
        .toArray();
  }

  @Test
  void linearRisesThenFallsOverItsHorizonAndStays() {
    assertThat(ofUpdates(new Linear(0, 0.5, 2)))
        .containsExactly(8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4, 4, 4, 4);
    assertThat(ofUpdates(new Linear(4, 0, 3))).containsExactly(2, 4, 6, 8, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  /** As CosineAnnealingLR(T_max=8, eta_min=2) gives them. */
  @Test
  void cosineFallsSlowlyAtBothEnds() {
    double[] rates = ofUpdates(new Cosine(0, 0.25, 2));
    for (int i = 0; i < 8; i++) {
      assertThat(rates[i])
          .isCloseTo(2 + (8 - 2) * (1 + Math.cos(Math.PI * i / 8)) / 2, within(1e-12));
    }
    assertThat(rates[8]).isEqualTo(2);
  }

  @Test
  void theHorizonIsTheEpochsWhereNoneIsGiven() {
    assertThat(
            new TrainingSpec(7, new Sgd(8, 0), null, null, Cosine.DEFAULT, 1, 1, null).schedule())
        .isEqualTo(new Cosine(0, 0.1, 7));
    assertThat(
            new TrainingSpec(9, new Sgd(8, 0), null, null, new Linear(1, 0, 5), 1, 1, null)
                .schedule())
        .isEqualTo(new Linear(1, 0, 5));
    assertThat(
            new TrainingSpec(0, new Sgd(8, 0), null, null, Cosine.DEFAULT, 1, 1, null).schedule())
        .isEqualTo(Cosine.DEFAULT);
  }
}
