package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.Setting;
import io.github.lyricist.install.Installation;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: continues a run that was interrupted, killed or extended. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Continues a run from its last checkpoint.",
      "On scratch it ends in the same bytes as if it had never stopped."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} resume runs/first",
      "  ${ROOT-COMMAND-NAME} resume runs/first --epochs 500",
      "  ${ROOT-COMMAND-NAME} resume runs/first --corpus moved/songs.txt"
    })
final class ResumeCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;
  private final Supplier<Installation> installation;

  @Parameters(
      paramLabel = "RUN_DIR",
      converter = RunPath.class,
      description = "The run directory; 'latest' is the newest of runs/.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path folder;

  @Mixin private WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "The number of epochs in all, in place of the run's.")
  private @Nullable String epochs;

  @Option(
      names = "--corpus",
      paramLabel = "SOURCE",
      description = "Where the run's text is now, if it has moved; its checksum must be the same.")
  private @Nullable String source;

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  ResumeCommand(
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
    RunDirectory.requireRun(folder);
    List<Setting> settings = new ArrayList<>();
    Setting.ofOption("--epochs", "training.epochs", epochs).ifPresent(settings::add);
    if (source != null) {
      settings.add(Setting.ofText("--corpus " + source, "corpus.source", source));
    }
    Config config = ConfigReader.readOfRun(folder.resolve(RunDirectory.CONFIG), settings);
    try (Interruption interruption = new Interruption();
        ProgressPrinter progress = ProgressPrinter.of(out, err, quiet)) {
      Status status =
          workers.train(
              config.spec(),
              backends.get(),
              installation,
              interruption.watching(progress),
              interruption::isRequested,
              folder,
              true);
      return progress.ended(status, folder);
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
  }
}
