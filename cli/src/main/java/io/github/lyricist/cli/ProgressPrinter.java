package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Previewed;
import io.github.lyricist.training.TrainingEvent.Started;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import io.github.lyricist.training.TrainingListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.DoubleFunction;

/** Prints what a run does: its previews to standard output, the rest to standard error. */
class ProgressPrinter implements TrainingListener, AutoCloseable {
  private static final double SECONDS_BETWEEN_LINES = 10;
  private static final double LARGEST_PLAIN = 1e9;

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
  public void on(TrainingEvent event) {
    if (event instanceof Notice notice) {
      notice(notice.message());
    } else if (event instanceof Started started) {
      epochs = started.epochs();
    } else if (event instanceof StepTaken step) {
      stepTaken(step);
    } else if (event instanceof EpochDone done) {
      epochDone(done.result());
    } else if (event instanceof Previewed previewed) {
      previewed(previewed);
    }
  }

  private void notice(String message) {
    if (!quiet) {
      err.println(Excerpt.line(message));
    }
  }

  /** How many epochs there will be in all. */
  final int epochs() {
    return epochs;
  }

  /** Says how a run ended, and how to continue; returns the exit code. */
  final int ended(Status status, Path folder) {
    close();
    if (status == Status.INTERRUPTED) {
      notice("interrupted; to continue: " + Launcher.command("resume", folder));
      return LyricistCommand.INTERRUPTED;
    }
    notice("done; the weights are in " + folder.resolve("model.safetensors"));
    if (!quiet) {
      try {
        result(StoredRun.overview(folder));
      } catch (InvalidInputException e) { // metrics that have outgrown what is read at once
        notice(String.valueOf(e.getMessage()));
      }
    }
    return LyricistCommand.DONE;
  }

  /** The last lines of a run: what came out of it, and what to do next. */
  private void result(StoredRun run) {
    EpochResult last = run.last();
    if (last != null) {
      EpochResult best = run.bestByValidation();
      Double validation = best == null ? null : best.validationPerplexity();
      notice(
          "epoch %d, perplexity %s%s, time %.2f sec"
              .formatted(
                  last.epoch(),
                  told(last.perplexity()),
                  best == null || validation == null
                      ? ""
                      : ", best validation %s in epoch %d"
                          .formatted(told(validation), best.epoch()),
                  run.seconds()));
    }
    notice("to write with it: " + Launcher.command("generate", run.folder()));
  }

  /** Where an epoch takes long, also between its batches. */
  private void stepTaken(StepTaken step) {
    if (step.batch() < step.batches() && isTimeForALine()) {
      notice(
          "epoch %d of %d, batch %d of %d, perplexity so far %s"
              .formatted(
                  step.epoch(),
                  epochs,
                  step.batch(),
                  step.batches(),
                  told(step.soFar().evaluation().perplexity())));
    }
  }

  private boolean isTimeForALine() {
    boolean isTime = (System.nanoTime() - lastLine) / 1e9 >= SECONDS_BETWEEN_LINES;
    if (isTime) {
      lastLine = System.nanoTime();
    }
    return isTime;
  }

  private void epochDone(EpochResult result) {
    if (isTimeForALine()) {
      notice(
          "epoch %d of %d, perplexity %s, %,.0f characters/s%s"
              .formatted(
                  result.epoch(),
                  epochs,
                  told(result.perplexity()),
                  result.charactersPerSecond(),
                  validation(result, ProgressPrinter::told)));
    }
  }

  private void previewed(Previewed event) {
    EpochResult result = event.result();
    out.printf(
        "epoch %d, perplexity %s, time %.2f sec%s%n",
        result.epoch(),
        number(result.perplexity()),
        result.seconds(),
        validation(result, ProgressPrinter::number));
    for (Preview preview : event.previews()) {
      out.println(" - " + Excerpt.line(preview.prefix() + preview.text()));
    }
  }

  private static String validation(EpochResult result, DoubleFunction<String> format) {
    Double perplexity = result.validationPerplexity();
    return perplexity == null ? "" : ", validation " + format.apply(perplexity);
  }

  /** As perplexities are printed to standard output. */
  static String number(double perplexity) {
    return Double.isInfinite(perplexity) ? "inf" : "%.6f".formatted(perplexity);
  }

  /** As they are told to people: one beyond all measure without its hundred digits. */
  static String told(double perplexity) {
    boolean wild = perplexity >= LARGEST_PLAIN && Double.isFinite(perplexity);
    return wild ? "%.3e".formatted(perplexity) : number(perplexity);
  }

  @Override
  public void close() {}
}
