package io.github.lyricist.training;

import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;

/**
 * The learning rate of each epoch, by the optimizer's own rate and the schedule. It follows from
 * the epochs before it, so that nothing needs to be saved to resume there.
 */
final class LearningRate {
  private final double initial;
  private final ScheduleSpec schedule;
  private Patience patience = Patience.INITIAL;
  private double plateauFactor = 1;

  LearningRate(TrainingSpec spec) {
    this.initial = spec.optimizer().learningRate();
    this.schedule = spec.schedule();
  }

  /**
   * The rate of an epoch.
   *
   * @param epoch from 1
   */
  double of(int epoch) {
    if (schedule instanceof Step step) {
      int reductions = epoch < step.from() ? 0 : 1 + (epoch - step.from()) / step.every();
      return initial * Math.pow(step.factor(), reductions);
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
