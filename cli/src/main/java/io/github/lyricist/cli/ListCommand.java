package io.github.lyricist.cli;

import io.github.lyricist.report.RunFolder;
import io.github.lyricist.report.RunJson;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.training.EpochResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}: the runs of a folder. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of a folder, the newest last.",
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} list",
      "  ${ROOT-COMMAND-NAME} list runs/compare-random-scratch-20261125-120000 --json"
    })
final class ListCommand implements Callable<Integer> {
  /** The run stands last: paths have no common width. */
  private static final String ROW = "%-16s  %-9s  %-12s  %14s  %22s  %-11s  %s%n";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "A folder that holds runs. Default: ${DEFAULT-VALUE}.")
  private Path folder = RunFolder.DEFAULT;

  @Option(names = "--json", description = "Prints JSON, a list of objects.")
  private boolean json;

  ListCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    List<StoredRun> runs = new RunFolder(folder).runs(err::println);
    if (json) {
      out.println(RunJson.of(runs));
      return LyricistCommand.DONE;
    }
    out.printf(ROW, "began", "engine", "epochs", "perplexity", "best validation", "status", "run");
    runs.forEach(this::print);
    return LyricistCommand.DONE;
  }

  private void print(StoredRun run) {
    EpochResult last = run.last();
    EpochResult best = run.bestByValidation();
    out.printf(
        ROW,
        began(run),
        Objects.requireNonNullElse(run.provenance().get("backend"), "-"),
        run.isImported() ? "-" : "%d of %s".formatted(run.epochsDone(), run.epochsInAll()),
        number(last == null ? null : last.perplexity()),
        best == null ? "-" : number(best.validationPerplexity()) + " at " + best.epoch(),
        run.isImported()
            ? "imported"
            : Objects.requireNonNullElse(run.provenance().get("status"), "-"),
        run.folder());
  }

  static String began(StoredRun run) {
    Instant start = run.start();
    return start == null ? "-" : TIME.format(start.atZone(ZoneId.systemDefault()));
  }

  private static String number(@Nullable Double perplexity) {
    return perplexity == null ? "-" : ProgressPrinter.told(perplexity);
  }
}
