package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.sweep.SweepListener;
import io.github.lyricist.sweep.Trial;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialResult;
import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Says how far a sweep has come: a line for each trial, and on a terminal a bar below them. */
final class SweepProgress implements SweepListener, AutoCloseable {
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream err;
  private final Objective objective;
  private final boolean quiet;
  private @Nullable ProgressBar bar;

  SweepProgress(PrintStream err, Objective objective, boolean quiet) {
    this.err = err;
    this.objective = objective;
    this.quiet = quiet;
  }

  @Override
  public void rung(int trials, int epochs) {
    if (trials > 0) {
      notice(
          trials == 1
              ? "1 trial, to epoch " + epochs
              : "%d trials, each to epoch %d".formatted(trials, epochs));
      open(trials);
    }
  }

  private void open(int trials) {
    ended();
    if (!quiet && Terminal.isTerminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("trial")
              .setInitialMax(trials)
              .setMaxRenderedLength(Terminal.width() - 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(
                  new ConsoleProgressBarConsumer(
                      new PrintStream(err, true, UTF_8), Terminal.width() - 1))
              .build();
    }
  }

  /** A trial has trained another epoch. */
  void epoch(String line) {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.setExtraMessage(" " + line);
    }
  }

  @Override
  public void ended(Trial trial, TrialOutcome outcome) {
    TrialResult result = outcome.result();
    Double value = result.objective();
    notice(
        value == null
            ? "trial %d (%s) %s: %s"
                .formatted(
                    trial.number(), trial.description(), result.status().word(), outcome.reason())
            : "trial %d (%s): %s %s after %d epochs, %.1f s"
                .formatted(
                    trial.number(),
                    trial.description(),
                    objective.key(),
                    ProgressPrinter.told(value),
                    result.epochs(),
                    result.seconds()));
    if (bar != null) {
      bar.step();
    }
  }

  void notice(String message) {
    if (!quiet) {
      if (bar != null) {
        err.print(ERASE_LINE);
      }
      err.println(Excerpt.line(message));
    }
  }

  @Override
  public void close() {
    ended();
  }

  /** Takes the bar away. */
  void ended() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
