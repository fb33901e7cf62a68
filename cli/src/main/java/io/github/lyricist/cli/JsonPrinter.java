package io.github.lyricist.cli;

import io.github.lyricist.experiment.ResultJson;
import io.github.lyricist.generation.Search;
import io.github.lyricist.generation.Written;
import java.io.PrintStream;

/** Prints each text as one JSON object on a line, for programs. */
final class JsonPrinter implements Search.Reader {
  private final PrintStream out;
  private final String prefix;
  private final long seed;

  /**
   * @param prefix what each text starts with
   */
  JsonPrinter(PrintStream out, String prefix, long seed) {
    this.out = out;
    this.prefix = prefix;
    this.seed = seed;
  }

  @Override
  public void read(int text, String more) {
    // it is told as a whole
  }

  @Override
  public void done(int text, Written written) {
    out.println(ResultJson.of(prefix, written, seed));
  }
}
