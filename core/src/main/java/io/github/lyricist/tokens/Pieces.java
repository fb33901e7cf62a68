package io.github.lyricist.tokens;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Cuts a text of any length into pieces, which joined give the text again. It looks at one window
 * of the text at a time; a piece longer than that is cut at the window's end.
 */
abstract class Pieces {
  private static final int WINDOW = 1 << 16; // UTF-16 units
  private static final int END = -1;

  /**
   * Cuts what of a window doesn't depend on what follows it.
   *
   * @param last whether nothing follows
   * @param action told each piece
   * @return where the rest begins, of which nothing was told; the window's end, where it is the
   *     last
   */
  abstract int cut(String window, boolean last, Consumer<String> action);

  /** Tells each piece of a text that comes a character at a time, ended by -1. */
  final void forEach(IntSupplier text, Consumer<String> action) {
    StringBuilder window = new StringBuilder();
    boolean last;
    do {
      int next = 0;
      while (window.length() < WINDOW && (next = text.getAsInt()) != END) {
        window.appendCodePoint(next);
      }
      last = next == END;
      int done = cut(window.toString(), last, action);
      if (done == 0) { // one piece, or nothing
        done = cut(window.toString(), true, action);
      }
      window.delete(0, done);
    } while (!last);
  }

  /** Tells each piece of a text. */
  final void forEach(CharSequence text, Consumer<String> action) {
    forEach(Characters.of(text), action);
  }
}
