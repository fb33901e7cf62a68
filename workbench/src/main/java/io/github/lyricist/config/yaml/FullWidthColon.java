package io.github.lyricist.config.yaml;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.tokens.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A colon as Chinese keyboards type it, {@code ：}, after what looks like a key. To YAML it is a
 * letter like any other, so that a document with one is wrong in a way that doesn't show.
 */
public final class FullWidthColon {
  /** At the start of a line or of a mapping in braces; not in quotes, in a comment or a list. */
  private static final Pattern AFTER_A_KEY =
      Pattern.compile("^(?:[^#\"'\\[\\n]*[{,])?[ \\t]*([A-Za-z]+)[ \\t]*：", Pattern.MULTILINE);

  private FullWidthColon() {}

  /**
   * Refuses a document that was found wrong for its full-width colon, if it has one.
   *
   * @param start where the document starts
   */
  public static void refuse(Place start, String text) {
    Matcher found = AFTER_A_KEY.matcher(text);
    if (found.find()) {
      String before = text.substring(0, found.end() - 1);
      int line = (int) before.chars().filter(c -> c == '\n').count();
      int lineStart = before.lastIndexOf('\n') + 1;
      Place place =
          start.isOption()
              ? start
              : new Place(
                  start.origin(), line + 1, before.codePointCount(lineStart, before.length()) + 1);
      String key = Excerpt.of(found.group(1));
      throw InvalidInputException.at(
          place.toString(),
          "the colon after '%s' is full-width, '：'".formatted(key),
          "write an ordinary one and a space: '%s: …'".formatted(key));
    }
  }
}
