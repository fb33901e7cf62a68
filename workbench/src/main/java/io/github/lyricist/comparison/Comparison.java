package io.github.lyricist.comparison;

import io.github.lyricist.training.OptimizerSpec;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Engines that trained from one start, held against each other. They must agree on the perplexity
 * of the first epochs; later, rounding alone drives any two apart, and nothing is judged.
 */
public final class Comparison {
  /** By what fraction two perplexities of a judged epoch may differ. */
  public static final double TOLERANCE = 1e-5;

  private static final int JUDGED_EPOCHS_OF_SGD = 10;
  private static final int JUDGED_EPOCHS_OF_ADAM = 20;

  private final List<Trajectory> trajectories;
  private final int judgedEpochs;

  /**
   * @param trajectories at least one, all of the same number of epochs, at least one
   */
  public Comparison(List<Trajectory> trajectories, OptimizerSpec optimizer) {
    this.trajectories = List.copyOf(trajectories);
    int horizon =
        optimizer instanceof OptimizerSpec.Adam ? JUDGED_EPOCHS_OF_ADAM : JUDGED_EPOCHS_OF_SGD;
    this.judgedEpochs = Math.min(horizon, epochs());
  }

  public List<Trajectory> trajectories() {
    return trajectories;
  }

  /** How many epochs each engine trained. */
  public int epochs() {
    return trajectories.get(0).epochs().size();
  }

  /** How many of them are judged. */
  public int judgedEpochs() {
    return judgedEpochs;
  }

  /** The two engines farthest apart after an epoch, counted from 1. */
  public Deviation deviation(int epoch) {
    Deviation largest =
        new Deviation(epoch, trajectories.get(0).backend(), trajectories.get(0).backend(), 0);
    for (int i = 0; i < trajectories.size(); i++) {
      for (int j = i + 1; j < trajectories.size(); j++) {
        Trajectory first = trajectories.get(i);
        Trajectory second = trajectories.get(j);
        double relative =
            Deviation.ofLosses(
                first.epochs().get(epoch - 1).loss(), second.epochs().get(epoch - 1).loss());
        if (relative > largest.relative()) {
          largest = new Deviation(epoch, first.backend(), second.backend(), relative);
        }
      }
    }
    return largest;
  }

  /** The largest deviation of the judged epochs. */
  public Deviation largest() {
    return IntStream.rangeClosed(1, judgedEpochs)
        .mapToObj(this::deviation)
        .max(Comparator.comparingDouble(Deviation::relative))
        .orElseThrow();
  }

  /** Whether every two engines stayed within {@link #TOLERANCE} in all judged epochs. */
  public boolean agrees() {
    return largest().relative() <= TOLERANCE;
  }

  /** Seconds an epoch of the fastest engine. */
  public double fastest() {
    return trajectories.stream().mapToDouble(Trajectory::secondsAnEpoch).min().orElseThrow();
  }
}
