package io.github.lyricist.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML or SVG that is also well-formed XML. Whatever is not a name of an element or
 * attribute is escaped here, and nowhere else.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, String... attributes) {
    tag(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** Closes the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content. */
  Markup empty(String element, String... attributes) {
    tag(element, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds only text. */
  Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Text, escaped. */
  Markup text(String text) {
    text.codePoints().forEach(this::append);
    return this;
  }

  /** A style sheet of ours. */
  Markup style(String css) {
    return raw("style", css);
  }

  /** A script of ours. */
  Markup script(String script) {
    return raw("script", script);
  }

  /** Not escaped, since HTML would not undo it there; so it must do without what would be. */
  private Markup raw(String element, String content) {
    if (content.contains("<") || content.contains("&")) {
      throw new IllegalArgumentException(element + " with markup: " + content);
    }
    open(element);
    out.append(content);
    return close();
  }

  /** A new line, for those who read the source. */
  Markup line() {
    out.append('\n');
    return this;
  }

  private void tag(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]);
      out.append('"');
    }
  }

  private void append(int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isCharacter(codePoint) ? codePoint : '\uFFFD');
    }
  }

  /** Whether XML can hold it at all. */
  private static boolean isCharacter(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || codePoint == '\r'
        || (codePoint >= ' ' && codePoint < 0xD800)
        || (codePoint > 0xDFFF && codePoint < 0xFFFE)
        || codePoint > 0xFFFF;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
