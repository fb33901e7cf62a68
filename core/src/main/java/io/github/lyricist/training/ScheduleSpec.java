package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;

/** How the learning rate changes from epoch to epoch. */
public sealed interface ScheduleSpec {

  /** The rate of the first epoch, throughout. */
  record Constant() implements ScheduleSpec {}

  /** Times {@code factor} at epoch {@code from}, and again each {@code every} epochs. */
  record Step(double factor, int every, int from) implements ScheduleSpec {
    public static final Step DEFAULT = new Step(0.5, 10, 10);

    public Step {
      requireFactor(factor);
      requireAtLeast(1, "every", every);
      requireAtLeast(1, "from", from);
    }
  }

  /**
   * Times {@code factor} after more than {@code patience} epochs in a row without a better
   * validation perplexity, as {@code torch.optim.lr_scheduler.ReduceLROnPlateau} counts them (with
   * {@code threshold=0}).
   */
  record Plateau(double factor, int patience) implements ScheduleSpec {
    public static final Plateau DEFAULT = new Plateau(0.5, 3);

    public Plateau {
      requireFactor(factor);
      requireAtLeast(0, "patience", patience);
    }
  }

  private static void requireFactor(double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw InvalidInputException.ofKey(
          "factor", "found " + factor, "expected a number above 0, at most 1");
    }
  }

  private static void requireAtLeast(int least, String key, int value) {
    if (value < least) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a number of epochs, at least " + least);
    }
  }
}
