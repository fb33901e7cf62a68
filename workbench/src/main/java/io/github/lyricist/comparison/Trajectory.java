package io.github.lyricist.comparison;

import io.github.lyricist.bench.Spread;
import io.github.lyricist.training.EpochResult;
import java.util.List;

/**
 * What one run measured.
 *
 * @param name the engine's name, or the twin's
 * @param epochs its epochs, in order
 * @param steps the losses of the steps of its first epoch, in order
 */
public record Trajectory(String name, List<EpochResult> epochs, List<Double> steps) {
  public Trajectory {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
  }

  /** The losses of its epochs. */
  List<Double> losses() {
    return epochs.stream().map(EpochResult::loss).toList();
  }

  /** Median seconds of an epoch. */
  public double secondsPerEpoch() {
    return Spread.of(epochs.stream().mapToDouble(EpochResult::seconds).toArray()).median();
  }
}
