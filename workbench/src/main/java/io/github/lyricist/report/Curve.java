package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Dash;
import java.util.List;
import java.util.Set;

/**
 * A value over epochs.
 *
 * @param name what the legend calls it; empty for one that it leaves out
 * @param ink its colour
 * @param dash how its line is broken
 * @param samples its values, the epochs ascending; one that is not finite leaves a gap
 * @param marked the epochs that are marked on it
 */
record Curve(String name, Ink ink, Dash dash, List<Sample> samples, Set<Integer> marked) {
  /** A value of an epoch. */
  record Sample(int epoch, double value) {
    /** Whether it can be drawn. */
    boolean isDrawn(boolean logarithmic) {
      return Double.isFinite(value) && (!logarithmic || value > Double.MIN_NORMAL);
    }
  }
}
