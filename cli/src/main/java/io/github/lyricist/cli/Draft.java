package io.github.lyricist.cli;

import io.github.lyricist.tokens.Characters;
import java.util.ArrayDeque;
import java.util.Deque;

/** A text that somebody writes, and how it was before. */
final class Draft {
  private final Deque<String> before = new ArrayDeque<>();
  private String text;

  Draft(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Adds to its end. */
  void add(String more) {
    before.push(text);
    text += more;
  }

  /** Takes its last character away. */
  void deleteLast() {
    if (!text.isEmpty()) {
      before.push(text);
      text = Characters.first(text, Characters.count(text) - 1);
    }
  }

  /** Takes its last line away, or else the line end before it. */
  void deleteLine() {
    String kept = text.substring(0, text.lastIndexOf('\n') + 1);
    if (!text.isEmpty()) {
      before.push(text);
      text = kept.equals(text) ? kept.substring(0, kept.length() - 1) : kept;
    }
  }

  /** As it was before the last change. */
  void undo() {
    if (!before.isEmpty()) {
      text = before.pop();
    }
  }
}
