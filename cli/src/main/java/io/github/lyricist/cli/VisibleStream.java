package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints texts in which control characters are shown instead of obeyed: names, keys and texts come
 * from people who may want to write into someone's terminal. Bytes go through as they are.
 */
final class VisibleStream extends PrintStream {
  VisibleStream(PrintStream out) {
    super(out, true, UTF_8);
  }

  /** Where all other ways of printing a text end. */
  @Override
  public void print(@Nullable String text) {
    super.print(Excerpt.visible(String.valueOf(text)));
  }
}
