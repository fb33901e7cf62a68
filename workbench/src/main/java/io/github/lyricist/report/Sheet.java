package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Anchor;
import io.github.lyricist.report.Canvas.Pen;
import io.github.lyricist.report.Canvas.Point;
import io.github.lyricist.report.Plot.Box;
import java.util.List;

/** A run's plots, one below the other, with title and legend. */
final class Sheet {
  static final int WIDTH = 880;
  static final int HEIGHT = 640;

  private static final double PERPLEXITY_HEIGHT = 370;
  private static final double HEAD = 62;
  private static final double MARGIN = 18;
  private static final double TITLE_SIZE = 17;
  private static final double LEGEND_SIZE = 12;
  private static final double LEGEND_ENTRY = 110;

  private final String title;
  private final Plot perplexity;
  private final Plot speed;
  private final boolean hasMarks;

  Sheet(String title, History history) {
    this.title = title;
    this.perplexity = History.perplexity(List.of(history));
    this.speed = History.speed(List.of(history));
    int marks = history.previewed().size();
    this.hasMarks = marks > 0 && marks <= CurveDrawing.MOST_MARKS;
  }

  String svg() {
    Markup svg = new Markup();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        "" + WIDTH,
        "height",
        "" + HEIGHT,
        "viewBox",
        "0 0 %d %d".formatted(WIDTH, HEIGHT),
        "role",
        "img");
    svg.element("title", title);
    svg.element("desc", perplexity.description() + ". " + speed.description());
    svg.style(Ink.definitions() + "text{font-family:" + SvgCanvas.FONTS + "}");
    draw(new SvgCanvas(svg));
    return svg.close().line().toString();
  }

  void draw(Canvas canvas) {
    canvas.rectangle(0, 0, WIDTH, HEIGHT, Ink.PAPER);
    canvas.text(MARGIN, 30, shortened(title), TITLE_SIZE, Anchor.START, Ink.TEXT);
    if (perplexity.curves().size() > 1 || hasMarks) {
      drawLegend(canvas);
    }
    perplexity.draw(canvas, new Box(0, HEAD, WIDTH, PERPLEXITY_HEIGHT));
    double y = HEAD + PERPLEXITY_HEIGHT;
    speed.draw(canvas, new Box(0, y, WIDTH, HEIGHT - y - MARGIN / 2));
  }

  private void drawLegend(Canvas canvas) {
    double x = MARGIN;
    double y = 52;
    for (Curve curve : perplexity.curves()) {
      canvas.line(
          List.of(new Point(x, y - 4), new Point(x + 24, y - 4)),
          new Pen(curve.ink(), 2, curve.dash()));
      canvas.text(x + 30, y, curve.name(), LEGEND_SIZE, Anchor.START, Ink.TEXT);
      x += LEGEND_ENTRY;
    }
    if (hasMarks) {
      CurveDrawing.drawMark(canvas, new Point(x + 17, y - 4), Ink.ofCurve(0));
      canvas.text(x + 30, y, "with previews", LEGEND_SIZE, Anchor.START, Ink.TEXT);
    }
  }

  /** As much of a title as has room, whatever the font. */
  private static String shortened(String title) {
    double room = (WIDTH - 3 * MARGIN) / TITLE_SIZE;
    StringBuilder kept = new StringBuilder();
    for (int codePoint : title.codePoints().toArray()) {
      room -= codePoint < 0x1100 ? 0.75 : 1; // even wide letters are narrower than ideographs
      if (room < 0) {
        return kept.append('…').toString();
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.toString();
  }
}
