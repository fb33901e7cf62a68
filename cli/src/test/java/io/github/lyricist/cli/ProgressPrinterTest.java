package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingEvent.Previewed;
import io.github.lyricist.training.TrainingEvent.Started;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ProgressPrinter printer(boolean quiet) {
    return new ProgressPrinter(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), quiet);
  }

  private static Previewed previewed(
      double perplexity, @Nullable Double validation, Preview... previews) {
    EpochResult result =
        new EpochResult(
            50,
            perplexity,
            0.75,
            1.5,
            1.304,
            200,
            3,
            100,
            validation,
            validation == null ? null : 2.0);
    return new Previewed(result, List.of(previews));
  }

  @Test
  void aPreviewIsABlockOfLinesWithLineEndsShown() {
    printer(true)
        .on(previewed(69.127998, null, new Preview(50, "分", "开\n了"), new Preview(50, "雨", "\r")));
    assertThat(out.toString(UTF_8))
        .isEqualTo("epoch 50, perplexity 69.127998, time 1.30 sec\n - 分开\\n了\n - 雨\\r\n");
  }

  @Test
  void validationStandsBesideThePerplexityOfTheTrainedText() {
    printer(true).on(previewed(Double.POSITIVE_INFINITY, 4.25));
    assertThat(out.toString(UTF_8))
        .isEqualTo("epoch 50, perplexity inf, time 1.30 sec, validation 4.250000\n");
  }

  @Test
  void noticesGoToStandardErrorUnlessQuiet() {
    printer(false).on(new Notice("said"));
    printer(true).on(new Notice("kept quiet"));
    assertThat(err.toString(UTF_8)).isEqualTo("said\n");
    assertThat(out.size()).isZero();
  }

  @Test
  void theEndSaysHowToContinueAndGivesTheExitCode() {
    assertThat(printer(false).ended(Status.INTERRUPTED, Path.of("r"))).isEqualTo(130);
    assertThat(printer(true).ended(Status.FINISHED, Path.of("r"))).isZero();
    assertThat(err.toString(UTF_8)).isEqualTo("interrupted; to continue: lyricist resume r\n");
  }

  @Test
  void theEndBeginsBelowTheBar() throws InterruptedException {
    try (ProgressPrinter bar =
        new ProgressBarPrinter(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))) {
      bar.on(new Started(1, 8, 0));
      while (err.size() == 0) { // drawn by a thread of its own
        Thread.sleep(1);
      }
      bar.ended(Status.INTERRUPTED, Path.of("r"));
    }
    assertThat(err.toString(UTF_8))
        .startsWith("\rbatch ")
        .endsWith("\ninterrupted; to continue: lyricist resume r\n");
  }

  @Test
  void perplexitiesBeyondAllMeasureAreToldInShort() {
    assertThat(ProgressPrinter.told(69.127998)).isEqualTo("69.127998");
    assertThat(ProgressPrinter.told(123456789)).isEqualTo("123456789.000000");
    assertThat(ProgressPrinter.told(1.23456e152)).isEqualTo("1.235e+152");
    assertThat(ProgressPrinter.told(Double.POSITIVE_INFINITY)).isEqualTo("inf");
  }

  @Test
  void theTimeLeftIsToldOnceItMeansSomething() {
    assertThat(ProgressBarPrinter.timeLeft(1000, 1, Duration.ofMillis(4999))).isEmpty();
    assertThat(ProgressBarPrinter.timeLeft(19, 1, Duration.ofMinutes(1))).isEmpty();
    assertThat(ProgressBarPrinter.timeLeft(20, 60, Duration.ofSeconds(5)))
        .contains(Duration.ofSeconds(15));
    assertThat(ProgressBarPrinter.timeLeft(20, 0, Duration.ofSeconds(5))).contains(Duration.ZERO);
  }
}
