package io.github.lyricist.report;

/** A run's name behind a spot of its colour. */
final class RunTitle {
  private RunTitle() {}

  static void write(Markup html, String element, String name, int run) {
    html.open(element);
    html.open(
        "span",
        "class",
        "spot",
        "style",
        "background:" + Ink.ofCurve(run).css(),
        "aria-hidden",
        "true");
    html.close().text(name).close().line();
  }
}
