package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.SavedArchitecture;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.distributed.Cluster;
import io.github.lyricist.distributed.ClusterTrials;
import io.github.lyricist.install.Installation;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private final Supplier<Installation> installation;

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
      description = {
        "How many trials are trained at once; they share the cores. Default: 1, or as many as",
        "the cluster has slots."
      })
  private @Nullable Integer parallel;

  @Mixin private ClusterOptions clusters = new ClusterOptions();

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  SweepCommand(PrintStream out, PrintStream err, Supplier<Installation> installation) {
    this.out = out;
    this.err = err;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    if (parallel != null && (parallel < 1 || parallel > MOST_PARALLEL)) {
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
      boolean done =
          clusters.with(
              installation,
              opened.engines(),
              progress::notice,
              cluster -> train(opened, cluster, progress, interruption));
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

  /** Returns whether it came to its end. */
  private boolean train(
      Sweep sweep, @Nullable Cluster cluster, SweepProgress progress, Interruption interruption) {
    Objective objective = sweep.spec().objective();
    if (cluster == null) {
      int processes = parallel == null ? 1 : parallel;
      TrialProcess here = new TrialProcess(objective, processes, progress::epoch);
      return sweep.run(here, processes, progress, interruption::isRequested);
    }
    ClusterOptions.requireSlots(cluster, parallel == null ? 1 : parallel, "--parallel");
    int workers =
        parallel != null
            ? parallel
            : Math.min(sweep.trials().size(), cluster.slots(sweep.trials().size()));
    ClusterTrials there =
        new ClusterTrials(
            cluster,
            objective,
            (epoch, perplexity) -> progress.epoch(TrialCommand.told(epoch, perplexity)),
            interruption::isRequested);
    return sweep.run(there, workers, progress, interruption::isRequested);
  }
}
