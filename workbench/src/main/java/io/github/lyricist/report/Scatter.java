package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Anchor;
import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Canvas.Pen;
import io.github.lyricist.report.Canvas.Point;
import io.github.lyricist.report.Plot.Box;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The objective of each trial over the value of one key: side by side where these are few, on an
 * axis where they are many and all numbers.
 *
 * @param key whose values they are
 * @param objective its name
 * @param trials the best one first
 */
record Scatter(String key, String objective, List<TrialSummary> trials) {
  private static final Box BOX = new Box(58, 30, 286, 168);
  private static final int WIDTH = 360;
  private static final int HEIGHT = 240;
  private static final double FONT = 12;
  private static final int MOST_SIDE_BY_SIDE = 8;
  private static final int MOST_TICKS = 5;
  private static final int LONGEST_LABEL = 12;
  private static final double WIDE_RATIO = 20;

  void write(Markup html) {
    List<TrialSummary> drawn = trials.stream().filter(trial -> trial.objective() != null).toList();
    if (drawn.isEmpty()) {
      html.element("p", key + ": nothing to draw", "class", "faint").line();
      return;
    }
    html.open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(WIDTH, HEIGHT),
        "role",
        "img",
        "aria-label",
        "%s over %s".formatted(objective, key));
    new Drawing(new SvgCanvas(html), drawn).draw();
    html.close().line();
  }

  private final class Drawing {
    private final Canvas canvas;
    private final List<TrialSummary> drawn;
    private final Axis vertical;

    Drawing(Canvas canvas, List<TrialSummary> drawn) {
      this.canvas = canvas;
      this.drawn = drawn;
      DoubleSummaryStatistics values =
          drawn.stream().mapToDouble(this::objectiveOf).summaryStatistics();
      this.vertical = Axis.logarithmic(values.getMin(), values.getMax(), MOST_TICKS);
    }

    private double objectiveOf(TrialSummary trial) {
      return Math.max(Double.MIN_NORMAL, Objects.requireNonNull(trial.objective()));
    }

    void draw() {
      canvas.text(BOX.x(), BOX.y() - 12, key, FONT + 2, Anchor.START, Ink.TEXT);
      for (double tick : vertical.ticks()) {
        double y = y(tick);
        canvas.line(
            List.of(new Point(BOX.x(), y), new Point(BOX.x() + BOX.width(), y)),
            new Pen(Ink.GRID, 1, Dash.NONE));
        canvas.text(BOX.x() - 8, y + 4, Ticks.label(tick), FONT, Anchor.END, Ink.FAINT);
      }
      double bottom = BOX.y() + BOX.height();
      canvas.line(
          List.of(new Point(BOX.x(), bottom), new Point(BOX.x() + BOX.width(), bottom)),
          new Pen(Ink.FAINT, 1, Dash.NONE));
      Set<String> values = new LinkedHashSet<>();
      trials.forEach(trial -> values.add(valueOf(trial)));
      boolean numbers = values.stream().allMatch(Drawing::isNumber);
      if (numbers && values.size() > MOST_SIDE_BY_SIDE) {
        onAnAxis();
      } else {
        sideBySide(sorted(values, numbers));
      }
    }

    private double y(double value) {
      return BOX.y() + (1 - vertical.place(value)) * BOX.height();
    }

    private String valueOf(TrialSummary trial) {
      return Objects.requireNonNull(trial.values().get(key));
    }

    private static boolean isNumber(String text) {
      return text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
    }

    private static List<String> sorted(Set<String> values, boolean numbers) {
      return numbers
          ? values.stream()
              .sorted((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)))
              .toList()
          : values.stream().sorted().toList();
    }

    private void sideBySide(List<String> values) {
      double step = BOX.width() / values.size();
      List<Double> places = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        double x = BOX.x() + (i + 0.5) * step;
        places.add(x);
        String label = values.get(i);
        int room = Math.max(2, Math.min(LONGEST_LABEL, (int) (step / FONT * 1.6)));
        String shown = label.length() <= room ? label : label.substring(0, room - 1) + "…";
        tick(x, shown);
      }
      dots(trial -> places.get(values.indexOf(valueOf(trial))));
    }

    private void onAnAxis() {
      DoubleSummaryStatistics values =
          trials.stream().mapToDouble(t -> Double.parseDouble(valueOf(t))).summaryStatistics();
      double low = values.getMin();
      double high = values.getMax();
      Axis axis =
          low > 0 && high / low >= WIDE_RATIO
              ? Axis.logarithmic(low, high, MOST_TICKS)
              : Axis.between(low, high, MOST_TICKS);
      for (double tick : axis.ticks()) {
        tick(BOX.x() + axis.place(tick) * BOX.width(), Ticks.label(tick));
      }
      dots(t -> BOX.x() + axis.place(Double.parseDouble(valueOf(t))) * BOX.width());
    }

    private void tick(double x, String label) {
      double bottom = BOX.y() + BOX.height();
      canvas.line(
          List.of(new Point(x, bottom), new Point(x, bottom + 4)),
          new Pen(Ink.FAINT, 1, Dash.NONE));
      canvas.text(x, bottom + 17, label, FONT, Anchor.MIDDLE, Ink.FAINT);
    }

    /** The best one last, so that no other hides it. */
    private void dots(ToDoubleFunction<TrialSummary> x) {
      for (int rank = drawn.size() - 1; rank >= 0; rank--) {
        TrialSummary trial = drawn.get(rank);
        Point place = new Point(x.applyAsDouble(trial), y(objectiveOf(trial)));
        canvas.disc(place, rank == 0 ? 6 : 4, rank == 0 ? Ink.ORANGE : Ink.BLUE);
      }
    }
  }
}
