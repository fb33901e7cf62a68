package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Point;
import io.github.lyricist.report.Curve.Sample;
import io.github.lyricist.report.Plot.Box;

/**
 * Where on a canvas the curves of a plot lie.
 *
 * @param box the part between the axes
 * @param horizontal the axis of epochs
 * @param vertical the axis of values
 */
record Frame(Box box, Axis horizontal, Axis vertical) {
  Point point(Sample sample) {
    return new Point(
        box.x() + horizontal.place(sample.epoch()) * box.width(),
        box.y() + (1 - vertical.place(sample.value())) * box.height());
  }
}
