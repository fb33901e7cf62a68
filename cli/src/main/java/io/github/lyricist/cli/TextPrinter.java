package io.github.lyricist.cli;

import io.github.lyricist.generation.Search;
import io.github.lyricist.generation.Written;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/** Prints texts in their order: the first that is not done as it comes, others after it. */
final class TextPrinter implements Search.Reader {
  private static final long FLUSH_NANOSECONDS = 30_000_000;

  private final PrintStream out;
  private final String prefix;
  private final UnaryOperator<String> shown;
  private final boolean separated;
  private final Map<Integer, StringBuilder> waiting = new HashMap<>();
  private int next;
  private boolean hasBegun;
  private long lastFlush;

  /**
   * @param prefix what each text starts with
   * @param shown how a text is shown
   * @param separated whether a line {@code ---} follows each text
   */
  TextPrinter(PrintStream out, String prefix, UnaryOperator<String> shown, boolean separated) {
    this.out = out;
    this.prefix = prefix;
    this.shown = shown;
    this.separated = separated;
  }

  /**
   * @throws CancellationException if writing has failed, so that there is no use in more
   */
  @Override
  public void read(int text, String more) {
    if (text != next) {
      waiting.computeIfAbsent(text, number -> new StringBuilder()).append(more);
      return;
    }
    begin();
    out.print(shown.apply(more));
    long now = System.nanoTime();
    if (now - lastFlush > FLUSH_NANOSECONDS) {
      if (out.checkError()) { // which flushes
        throw new CancellationException("nobody reads on");
      }
      lastFlush = now;
    }
  }

  @Override
  public void done(int text, Written written) {
    begin();
    StringBuilder rest = waiting.remove(text);
    out.print(rest == null ? "" : shown.apply(rest.toString()));
    out.println();
    if (separated) {
      out.println("---");
    }
    out.flush();
    next = text + 1;
    hasBegun = false;
  }

  private void begin() {
    if (!hasBegun) {
      out.print(prefix);
      hasBegun = true;
    }
  }
}
