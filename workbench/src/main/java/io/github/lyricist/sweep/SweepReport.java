package io.github.lyricist.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.report.SweepPage;
import io.github.lyricist.report.TrialSummary;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.training.EpochResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page of a sweep. */
public final class SweepReport {
  private SweepReport() {}

  /**
   * Writes it, in place of what was there before.
   *
   * @return where it is
   */
  public static Path write(Sweep sweep) {
    List<TrialSummary> trials =
        sweep.ranking().stream().map(trial -> summary(sweep, trial)).toList();
    String page = new SweepPage(sweep.spec().name(), sweep.spec().objective().key(), trials).html();
    AtomicFile.write(sweep.report(), out -> out.write(page.getBytes(UTF_8)));
    return sweep.report();
  }

  private static TrialSummary summary(Sweep sweep, Trial trial) {
    TrialResult result = sweep.result(trial);
    Path run = sweep.run(trial);
    List<EpochResult> epochs =
        Files.exists(run.resolve(Provenance.FILE)) ? Metrics.read(run) : List.of();
    return new TrialSummary(
        "trial " + trial.number(),
        trial.description(),
        trial.shown(),
        result.objective(),
        result.epochs(),
        result.seconds(),
        result.status().word(),
        epochs);
  }
}
