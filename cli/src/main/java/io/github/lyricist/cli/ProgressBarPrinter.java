package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Previewed;
import io.github.lyricist.training.TrainingEvent.Started;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** With a bar on the terminal's last line: epochs, perplexity, speed and time left. */
final class ProgressBarPrinter extends ProgressPrinter {
  private static final String ERASE_LINE = "\r\033[K";
  private static final String TASK = "batch";
  private static final int REFRESH_MILLISECONDS = 200;

  /** Before, the steps are those that compile the program, and tell nothing of the rest. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(5);

  private static final int LEAST_STEPS = 20;

  private final PrintStream err;
  private @Nullable ProgressBar bar;
  private @Nullable EpochResult latest;

  ProgressBarPrinter(PrintStream out, PrintStream err) {
    super(out, err, false);
    this.err = new PrintStream(err, true, UTF_8); // which the bar may move about in
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof Started started) {
      super.on(event);
      open(started);
    } else if (event instanceof StepTaken step) {
      show(step);
    } else if (event instanceof EpochDone done) {
      latest = done.result();
    } else if (event instanceof Previewed) {
      err.print(ERASE_LINE);
      super.on(event);
    } else if (event instanceof Notice) {
      closeBar();
      super.on(event);
    }
  }

  private void open(Started started) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(TASK)
            .setInitialMax((long) started.epochs() * started.batches())
            .startsFrom(started.batchesDone(), Duration.ZERO)
            .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
            .setEtaFunction(
                state ->
                    timeLeft(
                        state.getCurrent() - state.getStart(),
                        state.getMax() - state.getCurrent(),
                        state.getElapsedAfterStart()))
            .setMaxRenderedLength(Terminal.width() - 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(err, Terminal.width() - 1))
            .build();
  }

  /** How long the steps that are left will take, once that can be told from those done. */
  static Optional<Duration> timeLeft(long done, long left, Duration taken) {
    return done >= LEAST_STEPS && taken.compareTo(LEAST_TIME) >= 0
        ? Optional.of(Duration.ofMillis(Math.round((double) taken.toMillis() / done * left)))
        : Optional.empty();
  }

  /** Within an epoch what its batches so far add up to; speed is that of the epoch before. */
  private void show(StepTaken step) {
    if (bar == null) {
      return;
    }
    EpochResult before = latest;
    String speed = before == null ? "" : ", %,.0f chars/s".formatted(before.charactersPerSecond());
    bar.setExtraMessage(
        " epoch %d/%d, perplexity %.4g%s"
            .formatted(step.epoch(), epochs(), step.soFar().evaluation().perplexity(), speed));
    bar.stepTo((long) (step.epoch() - 1) * step.batches() + step.batch());
  }

  @Override
  public void close() {
    closeBar();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
