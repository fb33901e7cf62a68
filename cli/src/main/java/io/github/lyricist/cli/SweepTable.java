package io.github.lyricist.cli;

import io.github.lyricist.sweep.Sweep;
import io.github.lyricist.sweep.Trial;
import io.github.lyricist.sweep.TrialResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The trials of a sweep as a person reads them, the best one first. */
final class SweepTable {
  private final Sweep sweep;

  SweepTable(Sweep sweep) {
    this.sweep = sweep;
  }

  void print(PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(
            List.of("trial", sweep.spec().objective().key(), "epochs", "seconds", "status"));
    header.addAll(sweep.spec().space().varied());
    rows.add(header);
    sweep.ranking().forEach(trial -> rows.add(row(trial)));
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int here = column;
        int width = rows.stream().mapToInt(each -> each.get(here).length()).max().orElseThrow();
        line.append(("%" + width + "s  ").formatted(row.get(column)));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private List<String> row(Trial trial) {
    TrialResult result = sweep.result(trial);
    Double objective = result.objective();
    List<String> row =
        new ArrayList<>(
            List.of(
                "" + trial.number(),
                objective == null ? "-" : ProgressPrinter.told(objective),
                "" + result.epochs(),
                "%.1f".formatted(result.seconds()),
                result.status().word()));
    row.addAll(trial.shown().values());
    return row;
  }
}
