package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.training.ScheduleSpec.Annealing;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained.
 *
 * @param epochs how often the corpus is gone through; 0 trains nothing
 * @param optimizer how a gradient becomes a step
 * @param clipNorm θ of gradient clipping by global norm, or null for none
 * @param clipValue what no element of the gradient may exceed in magnitude, after that; null for no
 *     such limit
 * @param schedule how the learning rate changes; over these epochs, where it has no horizon
 * @param accumulate over how many batches the mean is taken whose gradient is applied at once
 * @param shards how many parts each batch is cut into, by sequences; the gradient of each is
 *     computed alone, and they are added up in their order
 * @param earlyStop stop after so many epochs without a better validation perplexity, or null
 */
@RecordBuilder
public record TrainingSpec(
    int epochs,
    OptimizerSpec optimizer,
    @Nullable Double clipNorm,
    @Nullable Double clipValue,
    ScheduleSpec schedule,
    int accumulate,
    int shards,
    @Nullable Integer earlyStop)
    implements TrainingSpecBuilder.With {

  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          250, OptimizerSpec.Sgd.DEFAULT, 0.01, null, new ScheduleSpec.Constant(), 1, 1, null);

  public TrainingSpec {
    if (epochs < 0) {
      throw InvalidInputException.ofKey(
          "epochs", "found " + epochs, "expected a whole number, at least 0");
    }
    if (schedule instanceof Annealing annealing && annealing.horizon() == null && epochs > 0) {
      schedule = annealing.withHorizon(epochs);
    }
    requirePositiveOrNull("clipNorm", clipNorm);
    requirePositiveOrNull("clipValue", clipValue);
    if (accumulate < 1) {
      throw InvalidInputException.ofKey(
          "accumulate", "found " + accumulate, "expected a number of batches, at least 1");
    }
    if (shards < 1) {
      throw InvalidInputException.ofKey(
          "shards", "found " + shards, "expected a whole number, from 1 to sampler.batchSize");
    }
    if (earlyStop != null && earlyStop < 1) {
      throw InvalidInputException.ofKey(
          "earlyStop", "found " + earlyStop, "expected a number of epochs, at least 1, or null");
    }
  }

  /** How many updates of the parameters so many batches make; the last may be of fewer. */
  public int updates(int batches) {
    return (int) ((batches - 1L + accumulate) / accumulate);
  }

  /** How many gradients are held at once: the one that is computed, and the sum of those before. */
  public int gradients() {
    return accumulate == 1 && shards == 1 ? 1 : 2;
  }

  private static void requirePositiveOrNull(String key, @Nullable Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a number above 0, or null for no clipping");
    }
  }

  /**
   * What gradient clipping multiplies the gradient by: {@code min(1, θ/‖g‖)} (Pascanu, Mikolov and
   * Bengio, 2013).
   *
   * @param gradientNorm ‖g‖₂ over all trained parameters together
   */
  public double clipFactor(double gradientNorm) {
    return clipNorm == null || gradientNorm <= clipNorm ? 1 : clipNorm / gradientNorm;
  }
}
