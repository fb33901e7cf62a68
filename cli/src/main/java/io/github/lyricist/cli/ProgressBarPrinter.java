package io.github.lyricist.cli;

import io.github.lyricist.training.EpochResult;
import java.io.PrintStream;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** With a bar on the terminal's last line: epochs, perplexity, speed and time left. */
final class ProgressBarPrinter extends ProgressPrinter {
  private static final String ERASE_LINE = "\r\033[K";
  private static final int REFRESH_MILLISECONDS = 200;

  private final PrintStream err;
  private @Nullable ProgressBar bar;

  ProgressBarPrinter(PrintStream out, PrintStream err) {
    super(out, err, false);
    this.err = err;
  }

  @Override
  public void started(int epochs, int batches) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch")
            .setInitialMax((long) epochs)
            .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
            .setMaxRenderedLength(Terminal.width() - 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(err, Terminal.width() - 1))
            .build();
  }

  @Override
  public void epochDone(EpochResult result) {
    if (bar != null) {
      bar.stepTo(result.epoch());
      bar.setExtraMessage(
          " perplexity %.3g, %,.0f chars/s"
              .formatted(result.perplexity(), result.charactersPerSecond()));
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
