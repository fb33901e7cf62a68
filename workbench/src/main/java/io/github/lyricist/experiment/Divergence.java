package io.github.lyricist.experiment;

import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.EpochResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Watches for epochs that are far worse than guessing: a perplexity that is infinite, or above ten
 * times V. Weights from such an epoch are not worth keeping.
 */
final class Divergence {
  private static final double TIMES_GUESSING = 10;

  private final int vocabularySize;
  private @Nullable EpochResult last; // the last epoch, if it was such a one

  /**
   * @param vocabularySize V, the perplexity of guessing
   */
  Divergence(int vocabularySize) {
    this.vocabularySize = vocabularySize;
  }

  /** Takes note of an epoch; returns what to tell the user, at the first one of several. */
  @Nullable String observe(EpochResult epoch) {
    boolean isFirst = last == null;
    last = epoch.perplexity() <= TIMES_GUESSING * vocabularySize ? null : epoch;
    return last == null || !isFirst ? null : what(epoch) + "; " + DivergedException.WHAT_TO_DO;
  }

  /** Whether the last epoch was one. */
  boolean isOn() {
    return last != null;
  }

  /**
   * Checks how a training ended.
   *
   * @throws DivergedException if the last epoch was one
   */
  void requireOver() {
    if (last != null) {
      throw new DivergedException(what(last));
    }
  }

  private String what(EpochResult epoch) {
    return "training diverged: epoch %d has the perplexity %s, where guessing has %d"
        .formatted(
            epoch.epoch(),
            Double.isInfinite(epoch.perplexity())
                ? "inf"
                : String.format(Locale.ROOT, "%.1f", epoch.perplexity()),
            vocabularySize);
  }
}
