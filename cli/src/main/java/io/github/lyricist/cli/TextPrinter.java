package io.github.lyricist.cli;

import io.github.lyricist.generation.Generator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Prints texts that are written side by side: the first as it comes, the others after it. */
final class TextPrinter implements Generator.Reader, AutoCloseable {
  private static final long FLUSH_NANOSECONDS = 30_000_000;

  private final PrintStream out;
  private final boolean separated;
  private final List<StringBuilder> others = new ArrayList<>();
  private long lastFlush;

  /**
   * @param prefix what each text starts with
   * @param separated whether a line {@code ---} follows each text
   */
  TextPrinter(PrintStream out, String prefix, int texts, boolean separated) {
    this.out = out;
    this.separated = separated;
    for (int i = 1; i < texts; i++) {
      others.add(new StringBuilder(prefix));
    }
    out.print(prefix);
    out.flush();
  }

  /**
   * @throws CancellationException if writing has failed, so that there is no use in more
   */
  @Override
  public void read(int text, String more) {
    if (text > 0) {
      others.get(text - 1).append(more);
      return;
    }
    out.print(more);
    long now = System.nanoTime();
    if (now - lastFlush > FLUSH_NANOSECONDS) {
      if (out.checkError()) { // which flushes
        throw new CancellationException("nobody reads on");
      }
      lastFlush = now;
    }
  }

  @Override
  public void close() {
    endText();
    for (StringBuilder text : others) {
      out.print(text);
      endText();
    }
    out.flush();
  }

  private void endText() {
    out.println();
    if (separated) {
      out.println("---");
    }
  }
}
