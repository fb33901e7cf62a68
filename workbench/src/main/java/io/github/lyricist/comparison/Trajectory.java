package io.github.lyricist.comparison;

import io.github.lyricist.bench.Spread;
import io.github.lyricist.training.EpochResult;
import java.util.List;

/**
 * What one run measured. Where it diverged, its epochs end before the one that did, and its steps
 * before the one that did.
 *
 * @param name the engine's name, or the twin's
 * @param epochs its epochs, in order
 * @param steps the losses of the steps of its first epoch, in order
 */
public record Trajectory(String name, List<EpochResult> epochs, List<Double> steps) {
  private static final int LEAST_EPOCHS_TIMED = 3;

  public Trajectory {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
  }

  /** The losses of its epochs. */
  List<Double> losses() {
    return epochs.stream().map(EpochResult::loss).toList();
  }

  /** Whether it has the results of an epoch, from 1. */
  public boolean reached(int epoch) {
    return epoch <= epochs.size();
  }

  /**
   * Median seconds of an epoch, the first left out where there are others: it warms up. Not a
   * number where it diverged in the first.
   */
  public double secondsPerEpoch() {
    if (epochs.isEmpty()) {
      return Double.NaN;
    }
    List<EpochResult> timed = epochs.size() == 1 ? epochs : epochs.subList(1, epochs.size());
    return Spread.of(timed.stream().mapToDouble(EpochResult::seconds).toArray()).median();
  }

  /** Whether it trained long enough for its speed to be compared. */
  boolean isTimed() {
    return epochs.size() >= LEAST_EPOCHS_TIMED;
  }
}
