package io.github.lyricist.report;

import io.github.lyricist.report.Plot.Box;
import java.util.List;
import java.util.function.Consumer;

/**
 * A plot in a page, drawn once for wide and once for narrow screens, of which one is shown; its
 * legend is text of the page.
 *
 * @param hasMarks whether the legend explains marks
 */
record Figure(Plot plot, boolean hasMarks) {
  private static final int HEIGHT = 340;
  private static final int WIDE = 900;
  private static final int NARROW = 380;

  void write(Markup html) {
    if (plot.isEmpty()) {
      html.element("p", plot.emptiness(), "class", "faint").line();
      return;
    }
    html.open("figure", "data-curves", FigureData.curves(plot)).line();
    if (plot.curves().size() > 1 || hasMarks) {
      html.open("figcaption").open("ul", "class", "legend").line();
      plot.curves().stream()
          .filter(curve -> !curve.name().isEmpty())
          .forEach(curve -> legend(html, curve));
      if (hasMarks) {
        html.open("li");
        swatch(html, canvas -> CurveDrawing.drawMark(canvas, new Canvas.Point(13, 7), Ink.FAINT));
        html.text("with previews").close().line();
      }
      html.close().close().line();
    }
    svg(html, "wide", WIDE);
    svg(html, "narrow", NARROW);
    html.close().line();
  }

  private static void legend(Markup html, Curve curve) {
    html.open("li");
    swatch(
        html,
        canvas ->
            canvas.line(
                List.of(new Canvas.Point(0, 7), new Canvas.Point(26, 7)),
                new Canvas.Pen(curve.ink(), 2.5, curve.dash())));
    html.text(curve.name()).close().line();
  }

  private static void swatch(Markup html, Consumer<Canvas> drawing) {
    html.open("svg", "class", "swatch", "width", "26", "height", "14", "aria-hidden", "true");
    drawing.accept(new SvgCanvas(html));
    html.close();
  }

  private void svg(Markup html, String kind, int width) {
    Box box = new Box(0, 0, width, HEIGHT);
    html.open(
        "svg",
        "class",
        kind,
        "viewBox",
        "0 0 %d %d".formatted(width, HEIGHT),
        "role",
        "img",
        "aria-label",
        plot.description(),
        "data-frame",
        FigureData.frame(plot.frame(box)));
    plot.draw(new SvgCanvas(html), box);
    html.close().line();
  }
}
