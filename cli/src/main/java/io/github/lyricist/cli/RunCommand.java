package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.run.RunDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: trains a model and leaves a run directory. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Trains a model as a config says, and writes a run directory.",
    footer = {
      "",
      "Standard output holds the previews; everything else goes to standard error.",
      "",
      "Examples:",
      "  lyricist run configs/random-scratch.yaml",
      "  lyricist run configs/random-scratch.yaml --threads 1 --out runs/first",
      "  lyricist run configs/random-scratch.yaml --set corpus.source=songs.txt \\",
      "      --set corpus.limit=null --set 'preview.prefixes=[春, 雨]'"
    })
final class RunCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; new or empty. Default: runs/<name>-<time>.")
  private @Nullable Path folder;

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  RunCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    Config config = options.read();
    Path target =
        folder != null
            ? folder
            : RunDirectory.defaultFolder(
                Path.of("runs"), config.spec().name(), LocalDateTime.now(ZoneId.systemDefault()));
    try (Interruption interruption = new Interruption();
        ProgressPrinter progress = ProgressPrinter.of(out, err, quiet)) {
      Experiment experiment =
          new Experiment(config.spec(), backends.get(), progress, interruption::isRequested);
      return progress.ended(experiment.run(target), target);
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
  }
}
