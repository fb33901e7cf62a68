package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;

/** How the learning rate changes from epoch to epoch. */
public sealed interface ScheduleSpec {

  /** It doesn't. */
  record Constant() implements ScheduleSpec {}

  /** Times {@code factor} at epoch {@code from}, and again each {@code every} epochs. */
  record Step(double factor, int every, int from) implements ScheduleSpec {
    public static final Step DEFAULT = new Step(0.5, 10, 10);

    public Step {
      requireFactor(factor);
      requireAtLeastOne("every", every);
      requireAtLeastOne("from", from);
    }
  }

  /** Times {@code factor} after {@code patience} epochs without a better validation perplexity. */
  record Plateau(double factor, int patience) implements ScheduleSpec {
    public static final Plateau DEFAULT = new Plateau(0.5, 3);

    public Plateau {
      requireFactor(factor);
      requireAtLeastOne("patience", patience);
    }
  }

  private static void requireFactor(double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw InvalidInputException.ofKey(
          "factor", "found " + factor, "expected a number above 0, at most 1");
    }
  }

  private static void requireAtLeastOne(String key, int value) {
    if (value < 1) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a number of epochs, at least 1");
    }
  }
}
