package io.github.lyricist.config.yaml;

/** What an error message shows of a text that may be long. */
public final class Excerpt {
  /** The longest text that is shown in full. */
  static final int CHARACTERS = 100;

  private Excerpt() {}

  /** The text on one line, cut where it is long. */
  public static String of(String text) {
    String shown =
        text.codePointCount(0, text.length()) > CHARACTERS
            ? text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "…"
            : text;
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
