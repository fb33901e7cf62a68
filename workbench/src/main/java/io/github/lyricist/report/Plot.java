package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Anchor;
import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Canvas.Pen;
import io.github.lyricist.report.Canvas.Point;
import io.github.lyricist.report.Curve.Sample;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * Curves over epochs, with their axes.
 *
 * @param title what the values are
 * @param logarithmic whether the values' axis is logarithmic; otherwise it begins at 0
 * @param curves what is drawn, the first one lowest
 */
record Plot(String title, boolean logarithmic, List<Curve> curves) {
  private static final double LEFT = 64;
  private static final double RIGHT = 26;
  private static final double TOP = 30;
  private static final double BOTTOM = 38;
  private static final double FONT = 12;
  private static final int PIXELS_AN_EPOCH_TICK = 56;
  private static final int PIXELS_PER_VALUE_TICK = 34;

  /** The part of a canvas that a plot takes, with what is written around it. */
  record Box(double x, double y, double width, double height) {}

  /** Draws it. */
  void draw(Canvas canvas, Box box) {
    canvas.text(box.x() + LEFT, box.y() + TOP - 12, title, FONT + 2, Anchor.START, Ink.TEXT);
    if (isEmpty()) {
      Box inner = inner(box);
      canvas.text(
          inner.x() + inner.width() / 2,
          inner.y() + inner.height() / 2,
          emptiness(),
          FONT + 2,
          Anchor.MIDDLE,
          Ink.FAINT);
      return;
    }
    Frame frame = frame(box);
    drawAxes(canvas, frame);
    for (Curve curve : curves) {
      new CurveDrawing(canvas, frame).draw(curve);
    }
  }

  private static Box inner(Box box) {
    return new Box(
        box.x() + LEFT, box.y() + TOP, box.width() - LEFT - RIGHT, box.height() - TOP - BOTTOM);
  }

  /** Where the curves of a plot that is not empty lie. */
  Frame frame(Box box) {
    Box inner = inner(box);
    DoubleSummaryStatistics values = drawn().mapToDouble(Sample::value).summaryStatistics();
    int mostTicks = (int) inner.height() / PIXELS_PER_VALUE_TICK;
    Axis vertical =
        logarithmic
            ? Axis.logarithmic(values.getMin(), values.getMax(), mostTicks)
            : Axis.fromZero(values.getMax(), mostTicks);
    IntSummaryStatistics epochs =
        curves.stream()
            .flatMap(curve -> curve.samples().stream())
            .mapToInt(Sample::epoch)
            .summaryStatistics();
    Axis horizontal =
        Axis.ofEpochs(epochs.getMin(), epochs.getMax(), (int) inner.width() / PIXELS_AN_EPOCH_TICK);
    return new Frame(inner, horizontal, vertical);
  }

  /** Whether there is nothing to see. */
  boolean isEmpty() {
    return drawn().findAny().isEmpty();
  }

  /** Why there is nothing to see. */
  String emptiness() {
    return curves.stream().allMatch(curve -> curve.samples().isEmpty())
        ? "no epochs to draw"
        : "no finite numbers to draw";
  }

  private Stream<Sample> drawn() {
    return curves.stream()
        .flatMap(curve -> curve.samples().stream())
        .filter(sample -> sample.isDrawn(logarithmic));
  }

  private static void drawAxes(Canvas canvas, Frame frame) {
    Box box = frame.box();
    double bottom = box.y() + box.height();
    double right = box.x() + box.width();
    for (double tick : frame.vertical().ticks()) {
      double y = bottom - frame.vertical().place(tick) * box.height();
      canvas.line(
          List.of(new Point(box.x(), y), new Point(right, y)), new Pen(Ink.GRID, 1, Dash.NONE));
      canvas.text(box.x() - 8, y + 4, Ticks.label(tick), FONT, Anchor.END, Ink.FAINT);
    }
    canvas.line(
        List.of(new Point(box.x(), bottom), new Point(right, bottom)),
        new Pen(Ink.FAINT, 1, Dash.NONE));
    for (double tick : frame.horizontal().ticks()) {
      double x = box.x() + frame.horizontal().place(tick) * box.width();
      canvas.line(
          List.of(new Point(x, bottom), new Point(x, bottom + 4)),
          new Pen(Ink.FAINT, 1, Dash.NONE));
      canvas.text(x, bottom + 17, Ticks.label(tick), FONT, Anchor.MIDDLE, Ink.FAINT);
    }
    canvas.text(box.x() + box.width() / 2, bottom + 33, "epoch", FONT, Anchor.MIDDLE, Ink.FAINT);
  }

  /** What a reader who does not see it is told. */
  String description() {
    List<String> names = new ArrayList<>();
    curves.forEach(curve -> names.add(curve.name()));
    return "%s over epochs: %s".formatted(title, String.join("; ", names));
  }
}
