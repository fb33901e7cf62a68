package io.github.lyricist.cli;

import io.github.lyricist.experiment.Progress;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.training.EpochResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Prints what a run does: its previews to standard output, the rest to standard error. */
class ProgressPrinter implements Progress, AutoCloseable {
  private static final double SECONDS_BETWEEN_LINES = 10;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean quiet;
  private int epochs;
  private long lastLine = System.nanoTime();

  ProgressPrinter(PrintStream out, PrintStream err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  /** With a progress bar on a terminal, plain lines elsewhere. */
  static ProgressPrinter of(PrintStream out, PrintStream err, boolean quiet) {
    return Terminal.isTerminal() && !quiet
        ? new ProgressBarPrinter(out, err)
        : new ProgressPrinter(out, err, quiet);
  }

  @Override
  public void notice(String message) {
    if (!quiet) {
      err.println(message);
    }
  }

  /** Says how a run ended, and how one goes on from there; returns the exit code. */
  final int ended(Status status, Path folder) {
    if (status == Status.INTERRUPTED) {
      notice("interrupted; to go on: lyricist resume " + folder);
      return LyricistCommand.INTERRUPTED;
    }
    notice("done; the weights are in " + folder.resolve("model.safetensors"));
    return LyricistCommand.DONE;
  }

  @Override
  public void started(int epochs, int batches, long batchesDone) {
    this.epochs = epochs;
  }

  @Override
  public void epochDone(EpochResult result) {
    if ((System.nanoTime() - lastLine) / 1e9 >= SECONDS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      notice(
          "epoch %d of %d, perplexity %s, %,.0f characters/s%s"
              .formatted(
                  result.epoch(),
                  epochs,
                  number(result.perplexity()),
                  result.charactersPerSecond(),
                  validation(result)));
    }
  }

  @Override
  public void previewed(EpochResult result, List<PreviewText> texts) {
    out.printf(
        "epoch %d, perplexity %s, time %.2f sec%s%n",
        result.epoch(), number(result.perplexity()), result.seconds(), validation(result));
    for (PreviewText preview : texts) {
      out.println(" - " + oneLine(preview.prefix() + preview.text()));
    }
  }

  private static String validation(EpochResult result) {
    Double perplexity = result.validationPerplexity();
    return perplexity == null ? "" : ", validation " + number(perplexity);
  }

  /** As perplexities are printed. */
  static String number(double perplexity) {
    return Double.isInfinite(perplexity) ? "inf" : "%.6f".formatted(perplexity);
  }

  /** Line ends in a text are shown as \n and \r, so that each preview stays one line. */
  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r");
  }

  @Override
  public void close() {}
}
