package io.github.lyricist.comparison;

import io.github.lyricist.training.EpochResult;
import java.util.List;

/**
 * What one engine measured.
 *
 * @param backend the engine's name
 * @param epochs its epochs, in order
 */
public record Trajectory(String backend, List<EpochResult> epochs) {
  public Trajectory {
    epochs = List.copyOf(epochs);
  }

  /** Median seconds of an epoch. */
  public double secondsAnEpoch() {
    double[] seconds = epochs.stream().mapToDouble(EpochResult::seconds).sorted().toArray();
    int middle = seconds.length / 2;
    return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
  }
}
