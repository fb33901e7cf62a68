package io.github.lyricist.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs from one start, judged point by point: at its epochs, or at the steps of its first epoch.
 *
 * <p>What rounding alone does is seen in twins of the first engine's run, whose initial parameters
 * are moved by one unit in the last place. Ten times the most that twins have parted by until a
 * point, but never less than {@link #LEAST}, is what engines may deviate by there. Where that is
 * more than {@link #MOST}, the training is chaotic from there on, and nothing is judged.
 */
public final class Judgement {
  /** What engines may deviate by however close the twins are. */
  public static final double LEAST = 1e-5;

  /** Beyond that, twins are too far apart to judge by. */
  public static final double MOST = 1e-2;

  private static final int TIMES_THE_TWINS = 10;
  private static final int FEWEST_POINTS = 2;

  private final List<Deviation> deviations = new ArrayList<>(); // by point
  private final int judged;

  /** One run's losses, by point; a run that diverged has fewer. */
  record Losses(String name, List<Double> values) {
    double at(int point) {
      return point < values.size() ? values.get(point) : Double.NaN;
    }
  }

  /**
   * @param engines at least one run
   * @param twins of the first engine's run
   */
  Judgement(List<Losses> engines, List<Losses> twins) {
    List<Losses> alike = Stream.concat(engines.stream().limit(1), twins.stream()).toList();
    int points = points(Stream.concat(engines.stream(), twins.stream()).toList());
    double parted = 0;
    for (int i = 0; i < points; i++) {
      parted = Math.max(parted, farthest(alike, i, LEAST).relative());
      double allowed = Math.max(LEAST, TIMES_THE_TWINS * parted);
      deviations.add(farthest(engines, i, allowed));
    }
    this.judged =
        (int) deviations.stream().takeWhile(deviation -> deviation.allowed() <= MOST).count();
  }

  private static int points(List<Losses> runs) {
    return runs.stream().mapToInt(run -> run.values().size()).max().orElse(0);
  }

  /** The two runs that are farthest apart at a point, from 0. */
  private static Deviation farthest(List<Losses> runs, int point, double allowed) {
    Deviation farthest =
        new Deviation(point + 1, runs.get(0).name(), runs.get(runs.size() - 1).name(), 0, allowed);
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        double relative = Deviation.ofLosses(runs.get(i).at(point), runs.get(j).at(point));
        if (relative > farthest.relative()) {
          farthest =
              new Deviation(point + 1, runs.get(i).name(), runs.get(j).name(), relative, allowed);
        }
      }
    }
    return farthest;
  }

  /** How many points are judged, from the first on. */
  public int judged() {
    return judged;
  }

  /** Whether enough of them are. */
  boolean isPossible() {
    return judged >= FEWEST_POINTS;
  }

  /** The largest deviation between two engines at a point, from 1. */
  public Deviation at(int point) {
    return deviations.get(point - 1);
  }

  /** Of the judged points' deviations the one that takes most of what is allowed. */
  public Deviation largest() {
    return deviations.stream()
        .limit(judged)
        .max(Comparator.comparingDouble(Deviation::share))
        .orElseThrow();
  }

  /** Whether all engines stayed within what is allowed at all judged points. */
  boolean agrees() {
    return largest().share() <= 1;
  }
}
