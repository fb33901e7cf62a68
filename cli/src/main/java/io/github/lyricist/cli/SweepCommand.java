package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.SavedArchitecture;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.sweep.Sweep;
import io.github.lyricist.sweep.SweepReport;
import io.github.lyricist.sweep.Trial;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep}: trains many variations of an experiment, and says which is best. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Trains many variations of an experiment, and says which is best.",
      "Each trial is a run of its own, in a process of its own. A sweep that was interrupted or"
          + " killed goes on where it was, if it is given its folder."
    },
    footer = {
      "",
      "Standard output is a table of the trials, the best one first.",
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} sweep configs/sweeps/which-size.yaml",
      "  ${ROOT-COMMAND-NAME} sweep configs/sweeps/which-rate.yaml --parallel 2",
      "  ${ROOT-COMMAND-NAME} sweep sweeps/sizes"
    })
final class SweepCommand implements Callable<Integer> {
  private static final Path DEFAULT = Path.of("sweeps");
  private static final int MOST_PARALLEL = 1024;

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "SWEEP",
      description = "A sweep, a YAML file; or the folder of one, to go on with it.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path sweep;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The sweep's folder; new or empty. Default: sweeps/<name>-<time>.")
  private @Nullable Path folder;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many trials are trained at once; they share the cores. Default: 1.")
  private int parallel = 1;

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  SweepCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw InvalidInputException.at(
          "--parallel", "found " + parallel, "expected a whole number from 1 to " + MOST_PARALLEL);
    }
    Path target = sweep;
    if (Files.isDirectory(sweep)) {
      if (folder != null) {
        throw InvalidInputException.at(
            "--out", "the sweep goes on in its own folder", "leave it out");
      }
      return run(Sweep.resume(sweep), target);
    }
    SweepConfig config = SweepConfig.read(sweep);
    target =
        folder != null
            ? folder
            : RunDirectory.defaultFolder(
                DEFAULT, config.spec().name(), LocalDateTime.now(ZoneId.systemDefault()));
    SavedArchitecture models = model -> SavedModel.open(model).spec();
    return run(Sweep.begin(config, target, models), target);
  }

  private int run(Sweep begun, Path target) {
    try (Sweep opened = begun;
        Interruption interruption = new Interruption();
        SweepProgress progress = new SweepProgress(err, opened.spec().objective(), quiet)) {
      interruption.begun();
      progress.notice("writing to " + target);
      TrialProcess processes =
          new TrialProcess(opened.spec().objective(), parallel, progress::epoch);
      boolean done = opened.run(processes, parallel, progress, interruption::isRequested);
      progress.ended();
      if (!done) {
        progress.notice("interrupted; to go on: " + Launcher.command("sweep", target));
        return LyricistCommand.INTERRUPTED;
      }
      new SweepTable(opened).print(out);
      progress.notice("the report is " + SweepReport.write(opened));
      Trial best = opened.ranking().get(0);
      if (opened.result(best).objective() == null) {
        throw new RunFailedException("no trial came to a good end; the report says how they ended");
      }
      progress.notice("the best config is " + opened.best());
      progress.notice("to write with it: " + Launcher.command("generate", opened.run(best)));
      return LyricistCommand.DONE;
    }
  }
}
