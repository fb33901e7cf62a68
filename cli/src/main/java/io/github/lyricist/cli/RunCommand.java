package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.Setting;
import io.github.lyricist.install.Installation;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
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
    description = "Trains a model, and writes a run directory.",
    footer = {
      "",
      "Standard output holds the previews; everything else goes to standard error.",
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} run configs/random-scratch.yaml",
      "  ${ROOT-COMMAND-NAME} run configs/random-scratch.yaml --seed 2 --out runs/second",
      "  ${ROOT-COMMAND-NAME} run my-songs.txt --set 'preview.prefixes=[love, rain]'"
    })
final class RunCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;
  private final Supplier<Installation> installation;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs to train, in place of the config's.")
  private @Nullable String epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Every random number derives from it; in place of the config's.")
  private @Nullable String seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; new or empty. Default: runs/<name>-<time>.")
  private @Nullable Path folder;

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  RunCommand(
      PrintStream out,
      PrintStream err,
      Supplier<BackendRegistry> backends,
      Supplier<Installation> installation) {
    this.out = out;
    this.err = err;
    this.backends = backends;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    Config config = options.read(settings());
    Path target =
        folder != null
            ? folder
            : RunDirectory.defaultFolder(
                Path.of("runs"), config.spec().name(), LocalDateTime.now(ZoneId.systemDefault()));
    try (Interruption interruption = new Interruption();
        ProgressPrinter progress = ProgressPrinter.of(out, err, quiet)) {
      Status status =
          workers.train(
              config.spec(),
              backends.get(),
              installation,
              interruption.watching(progress),
              interruption::isRequested,
              target,
              false);
      return progress.ended(status, target);
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    Setting.ofOption("--epochs", "training.epochs", epochs).ifPresent(settings::add);
    Setting.ofOption("--seed", "seed", seed).ifPresent(settings::add);
    return settings;
  }
}
