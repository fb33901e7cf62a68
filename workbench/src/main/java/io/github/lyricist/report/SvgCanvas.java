package io.github.lyricist.report;

import java.util.List;
import java.util.Locale;

/** Draws as SVG; the colours are those that the surrounding style sheet gives their names. */
final class SvgCanvas implements Canvas {
  /** The fonts of pages and plots, those with Chinese included. */
  static final String FONTS =
      "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','PingFang SC','Microsoft YaHei',"
          + "'Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei',sans-serif";

  private final Markup svg;

  /** Draws into an open {@code svg} element. */
  SvgCanvas(Markup svg) {
    this.svg = svg;
  }

  @Override
  public void rectangle(double x, double y, double width, double height, Ink ink) {
    svg.empty(
        "rect",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height),
        "style",
        "fill:" + ink.css());
  }

  @Override
  public void line(List<Point> points, Pen pen) {
    StringBuilder places = new StringBuilder();
    for (Point point : points) {
      places.append(places.isEmpty() ? "" : " ");
      places.append(number(point.x())).append(',').append(number(point.y()));
    }
    String dash =
        switch (pen.dash()) {
          case NONE -> "";
          case DASHED -> ";stroke-dasharray:6 4";
          case DOTTED -> ";stroke-dasharray:1.5 3";
        };
    svg.empty(
        "polyline",
        "points",
        places.toString(),
        "style",
        "fill:none;stroke-linejoin:round;stroke:%s;stroke-width:%s%s"
            .formatted(pen.ink().css(), number(pen.width()), dash));
  }

  @Override
  public void disc(Point center, double radius, Ink ink) {
    svg.empty(
        "circle",
        "cx",
        number(center.x()),
        "cy",
        number(center.y()),
        "r",
        number(radius),
        "style",
        "fill:" + ink.css());
  }

  @Override
  public void text(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    svg.element(
        "text",
        text,
        "x",
        number(x),
        "y",
        number(y),
        "style",
        "font-size:%spx;text-anchor:%s;fill:%s"
            .formatted(number(size), anchor.name().toLowerCase(Locale.ROOT), ink.css()));
  }

  /** With one decimal, and without it where it is zero. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
