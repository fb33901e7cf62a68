package io.github.lyricist.training;

import io.github.lyricist.training.ScheduleSpec.Annealing;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import java.util.Objects;

/**
 * The learning rate of each update, by the optimizer's own rate and the schedule. It follows from
 * the epochs before it, so that nothing needs to be saved to resume there.
 */
final class LearningRate {
  private final double initial;
  private final ScheduleSpec schedule;
  private final int updatesPerEpoch;
  private Patience patience = Patience.INITIAL;
  private double plateauFactor = 1;

  LearningRate(TrainingSpec spec, int updatesPerEpoch) {
    this.initial = spec.optimizer().learningRate();
    this.schedule = spec.schedule();
    this.updatesPerEpoch = updatesPerEpoch;
  }

  /**
   * The rate of an update.
   *
   * @param epoch from 1
   * @param update within the epoch, from 0
   */
  double of(int epoch, int update) {
    if (schedule instanceof Step step) {
      int reductions = epoch < step.from() ? 0 : 1 + (epoch - step.from()) / step.every();
      return initial * Math.pow(step.factor(), reductions);
    }
    if (schedule instanceof Annealing annealing) {
      int horizon = Objects.requireNonNull(annealing.horizon(), "nothing is trained");
      long done = (epoch - 1L) * updatesPerEpoch + update;
      return initial * annealing.factor(done, (long) horizon * updatesPerEpoch);
    }
    return initial * plateauFactor;
  }

  /** Takes note of an epoch that has passed. */
  void epochDone(double validationPerplexity) {
    if (schedule instanceof Plateau plateau) {
      patience = patience.after(validationPerplexity);
      if (patience.epochsWithoutBetter() > plateau.patience()) {
        plateauFactor *= plateau.factor();
        patience = patience.startedOver();
      }
    }
  }
}
