package io.github.lyricist.report;

import java.util.List;
import java.util.Locale;

/** The colours of plots and pages, each in a light and in a dark tone. */
enum Ink {
  /** Behind everything. */
  PAPER(0xffffff, 0x16191f),
  /** Text. */
  TEXT(0x1f2430, 0xe6e9ef),
  /** Text that stands back, and axes. */
  FAINT(0x5b6472, 0x9aa4b2),
  /** Lines of the grid, borders. */
  GRID(0xe1e5ea, 0x2d333d),
  BLUE(0x1d5fd0, 0x7ab0ff),
  ORANGE(0xc2410c, 0xff9a4d),
  GREEN(0x13803c, 0x4fd07f),
  PURPLE(0x8b2fd6, 0xc79bff),
  ROSE(0xbe123c, 0xff8095),
  TEAL(0x0b7285, 0x3fd0e0),
  BROWN(0x7c5200, 0xe8c04a),
  SLATE(0x4b5563, 0xc3cad5);

  private static final List<Ink> CURVES =
      List.of(BLUE, ORANGE, GREEN, PURPLE, ROSE, TEAL, BROWN, SLATE);

  private final int light;
  private final int dark;

  Ink(int light, int dark) {
    this.light = light;
    this.dark = dark;
  }

  /** How many colours curves have. */
  static int curves() {
    return CURVES.size();
  }

  /** A curve's colour, by its number; they begin again when all are used. */
  static Ink ofCurve(int number) {
    return CURVES.get(number % CURVES.size());
  }

  /** The light tone, as 24 bits of red, green and blue. */
  int light() {
    return light;
  }

  /** How a style sheet names it: {@code var(--blue)}. */
  String css() {
    return "var(--" + cssName() + ")";
  }

  private String cssName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The style rules that give the names their tones, as the reader's surroundings are. */
  static String definitions() {
    StringBuilder light = new StringBuilder();
    StringBuilder dark = new StringBuilder();
    for (Ink ink : values()) {
      light.append("--%s:#%06x;".formatted(ink.cssName(), ink.light));
      dark.append("--%s:#%06x;".formatted(ink.cssName(), ink.dark));
    }
    return ":root{color-scheme:light dark;%s}\n@media (prefers-color-scheme:dark){:root{%s}}\n"
        .formatted(light, dark);
  }
}
