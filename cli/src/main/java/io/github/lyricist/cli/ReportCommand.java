package io.github.lyricist.cli;

import io.github.lyricist.report.Report;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: one page about one or more runs. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Puts runs side by side on one HTML page.",
      "It has their curves, what differs in their configs, samples, provenance. Standard output is the"
          + " page's path. Runs may still be training."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} report runs/first",
      "  ${ROOT-COMMAND-NAME} report runs/first runs/second --out comparison.html",
      "  ${ROOT-COMMAND-NAME} report runs"
    })
final class ReportCommand implements Callable<Integer> {
  private static final String FILE = "report.html";

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "RUN_DIR",
      arity = "1..*",
      converter = RunPath.class,
      description = {
        "Folders that 'run' has made, or folders of such; 'latest' is the newest of runs/."
      })
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = {
        "The page; what is there is replaced.",
        "Default: report.html in that folder; where several are named, in the current one."
      })
  private @Nullable Path file;

  ReportCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Path page = file;
    if (page == null) {
      page = folders.size() == 1 ? folders.get(0).resolve(FILE) : Path.of(FILE);
    }
    Report.write(folders, page, err::println);
    out.println(page);
    return LyricistCommand.DONE;
  }
}
