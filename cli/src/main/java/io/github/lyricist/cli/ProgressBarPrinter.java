package io.github.lyricist.cli;

import io.github.lyricist.training.EpochResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
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

  private final PrintStream err;
  private @Nullable ProgressBar bar;
  private int epochs;

  ProgressBarPrinter(PrintStream out, PrintStream err) {
    super(out, err, false);
    this.err = err;
  }

  @Override
  public void started(int epochs, int batches, long batchesDone) {
    this.epochs = epochs;
    bar =
        new ProgressBarBuilder()
            .setTaskName(TASK)
            .setInitialMax((long) epochs * batches)
            .startsFrom(batchesDone, Duration.ZERO)
            .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
            .setMaxRenderedLength(Terminal.width() - 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(err, Terminal.width() - 1))
            .build();
  }

  @Override
  public void batchDone(int epoch, int batch, int batches) {
    if (bar != null) {
      bar.stepTo((long) (epoch - 1) * batches + batch);
    }
  }

  @Override
  public void epochDone(EpochResult result) {
    if (bar != null) {
      bar.setExtraMessage(
          " epoch %d/%d, perplexity %.3g, %,.0f chars/s"
              .formatted(
                  result.epoch(), epochs, result.perplexity(), result.charactersPerSecond()));
    }
  }

  @Override
  public void previewed(EpochResult result, List<PreviewText> texts) {
    err.print(ERASE_LINE);
    super.previewed(result, texts);
  }

  @Override
  public void notice(String message) {
    closeBar();
    super.notice(message);
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
