package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Pen;
import io.github.lyricist.report.Canvas.Point;
import io.github.lyricist.report.Curve.Sample;
import java.util.ArrayList;
import java.util.List;

/** Draws curves between two axes: lines, single points where there is no line, marks. */
final class CurveDrawing {
  private static final double WIDTH = 2;

  /** More marks than these would hide the curve; then there are none. */
  static final int MOST_MARKS = 60;

  private final Canvas canvas;
  private final Frame frame;

  CurveDrawing(Canvas canvas, Frame frame) {
    this.canvas = canvas;
    this.frame = frame;
  }

  void draw(Curve curve) {
    List<Point> stretch = new ArrayList<>();
    for (Sample sample : curve.samples()) {
      if (sample.isDrawn(frame.vertical().logarithmic())) {
        stretch.add(frame.point(sample));
      } else {
        drawStretch(stretch, curve);
        stretch.clear();
      }
    }
    drawStretch(stretch, curve);
    if (curve.marked().size() <= MOST_MARKS) {
      curve.samples().stream()
          .filter(sample -> curve.marked().contains(sample.epoch()))
          .filter(sample -> sample.isDrawn(frame.vertical().logarithmic()))
          .forEach(sample -> drawMark(canvas, frame.point(sample), curve.ink()));
    }
  }

  private void drawStretch(List<Point> points, Curve curve) {
    if (points.size() == 1) {
      canvas.disc(points.get(0), 1.5 * WIDTH, curve.ink());
    } else if (!points.isEmpty()) {
      canvas.line(thinned(points), new Pen(curve.ink(), WIDTH, curve.dash()));
    }
  }

  /** A ring. */
  static void drawMark(Canvas canvas, Point center, Ink ink) {
    canvas.disc(center, 4.5, ink);
    canvas.disc(center, 2.5, Ink.PAPER);
  }

  /** Of the points in one column of pixels, the lowest and the highest: the same picture. */
  static List<Point> thinned(List<Point> points) {
    List<Point> kept = new ArrayList<>();
    int end;
    for (int start = 0; start < points.size(); start = end) {
      Point low = points.get(start);
      Point high = low;
      double column = Math.floor(low.x());
      for (end = start; end < points.size() && Math.floor(points.get(end).x()) == column; end++) {
        Point point = points.get(end);
        low = point.y() < low.y() ? point : low;
        high = point.y() > high.y() ? point : high;
      }
      kept.add(low.x() <= high.x() ? low : high);
      if (!low.equals(high)) {
        kept.add(low.x() <= high.x() ? high : low);
      }
    }
    return kept;
  }
}
