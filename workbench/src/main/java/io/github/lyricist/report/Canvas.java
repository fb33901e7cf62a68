package io.github.lyricist.report;

import java.util.List;

/** What a plot is drawn on; lengths in pixels, from the upper left corner. */
interface Canvas {
  /** Where a text stands to its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** How a line is broken. */
  enum Dash {
    NONE,
    DASHED,
    DOTTED
  }

  /** A place. */
  record Point(double x, double y) {}

  /** How a line is drawn. */
  record Pen(Ink ink, double width, Dash dash) {}

  /** A filled rectangle. */
  void rectangle(double x, double y, double width, double height, Ink ink);

  /** A line through these places. */
  void line(List<Point> points, Pen pen);

  /** A disc. */
  void disc(Point center, double radius, Ink ink);

  /** A line of text, its baseline at {@code y}. */
  void text(double x, double y, String text, double size, Anchor anchor, Ink ink);
}
