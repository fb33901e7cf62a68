package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** How the learning rate changes, from epoch to epoch or from update to update. */
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

  /**
   * Another rate for each update: it rises evenly over the first {@code warmup} updates to the
   * optimizer's own, and falls to {@code end} times that over all others of {@code horizon} epochs;
   * there it stays.
   */
  sealed interface Annealing extends ScheduleSpec {
    int warmup();

    double end();

    /** Null until the number of epochs is known. */
    @Nullable Integer horizon();

    /** The same over so many epochs. */
    Annealing withHorizon(int epochs);

    /**
     * How far it has come down.
     *
     * @param progress from 0 to 1
     * @return from 0, at the optimizer's rate, to 1
     */
    double descent(double progress);

    /**
     * What the optimizer's rate is multiplied by.
     *
     * @param update from 0, over all epochs
     * @param ofHorizon how many updates all epochs of the horizon have
     */
    default double factor(long update, long ofHorizon) {
      if (update < warmup()) {
        return (update + 1.0) / warmup();
      }
      double progress = (double) (update - warmup()) / Math.max(1, ofHorizon - warmup());
      return 1 - (1 - end()) * descent(Math.min(1, progress));
    }

    private static void require(int warmup, double end, @Nullable Integer horizon) {
      if (warmup < 0) {
        throw InvalidInputException.ofKey(
            "warmup", "found " + warmup, "expected a number of updates, at least 0");
      }
      if (!(end >= 0 && end <= 1)) {
        throw InvalidInputException.ofKey("final", "found " + end, "expected a number from 0 to 1");
      }
      if (horizon != null) {
        requireAtLeast(1, "horizon", horizon);
      }
    }
  }

  /**
   * By half a wave of the cosine (Loshchilov and Hutter, 2017), as {@code
   * torch.optim.lr_scheduler.CosineAnnealingLR} where nothing is warmed up.
   */
  record Cosine(int warmup, double end, @Nullable Integer horizon) implements Annealing {
    public static final Cosine DEFAULT = new Cosine(0, 0.1, null);

    public Cosine {
      Annealing.require(warmup, end, horizon);
    }

    @Override
    public Cosine withHorizon(int epochs) {
      return new Cosine(warmup, end, epochs);
    }

    @Override
    public double descent(double progress) {
      return (1 - Math.cos(Math.PI * progress)) / 2;
    }
  }

  /** Evenly, as {@code torch.optim.lr_scheduler.LinearLR} where nothing is warmed up. */
  record Linear(int warmup, double end, @Nullable Integer horizon) implements Annealing {
    public static final Linear DEFAULT = new Linear(0, 0.1, null);

    public Linear {
      Annealing.require(warmup, end, horizon);
    }

    @Override
    public Linear withHorizon(int epochs) {
      return new Linear(warmup, end, epochs);
    }

    @Override
    public double descent(double progress) {
      return progress;
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
