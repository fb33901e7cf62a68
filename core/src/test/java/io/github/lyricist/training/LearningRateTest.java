package io.github.lyricist.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static LearningRate by(ScheduleSpec schedule) {
    return new LearningRate(new TrainingSpec(9, new Sgd(8, 0), null, null, schedule, null));
  }

  /** The rate of each epoch, with these validation perplexities after them. */
  private static double[] rates(ScheduleSpec schedule, double... validation) {
    LearningRate rate = by(schedule);
    return IntStream.range(0, validation.length)
        .mapToDouble(
            i -> {
              double ofEpoch = rate.of(i + 1);
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
}
