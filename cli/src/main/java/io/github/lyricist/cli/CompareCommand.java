package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.ComparisonJson;
import io.github.lyricist.comparison.Trajectory;
import io.github.lyricist.config.Config;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare}: trains on several engines from one start, each in a process of its own. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Trains on each backend from one start, and says how far apart they are.",
      "Exit code 0: they agree; 3: they don't."
    },
    footer = {
      "",
      "Example:",
      "  lyricist compare configs/consecutive-scratch.yaml --backends scratch,reference --epochs 3"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int LEAST_BACKENDS = 2;

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--backends",
      paramLabel = "a,b,c",
      split = ",",
      required = true,
      description = "The engines; see 'lyricist backends'.")
  private List<String> backends = new ArrayList<>();

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs. Default: ${DEFAULT-VALUE}.")
  private int epochs = 10;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Takes the runs and compare.json. Default: runs/compare-<name>-<time>.")
  private @Nullable Path folder;

  CompareCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Config config = options.read();
    if (new HashSet<>(backends).size() < Math.max(LEAST_BACKENDS, backends.size())) {
      throw InvalidInputException.at(
          "--backends", "found " + String.join(",", backends), "name two or more different ones");
    }
    if (epochs < 1) {
      throw InvalidInputException.at("--epochs", "found " + epochs, "expected 1 or more");
    }
    Path target =
        folder != null
            ? folder
            : RunDirectory.defaultFolder(
                Path.of("runs"),
                "compare-" + config.spec().name(),
                LocalDateTime.now(ZoneId.systemDefault()));
    RunDirectory.requireUsable(target);
    List<Trajectory> trajectories = new ArrayList<>();
    for (String backend : backends) {
      err.println("training on " + backend);
      Path run = target.resolve(backend);
      int exitCode = EngineProcess.run(options.forBackend(backend, epochs, run));
      if (exitCode != LyricistCommand.DONE) {
        return exitCode; // the engine's own process has said why
      }
      trajectories.add(new Trajectory(backend, Metrics.read(run)));
    }
    Comparison comparison = new Comparison(trajectories, config.spec().training().optimizer());
    ComparisonTable.print(comparison, out);
    Path json = target.resolve("compare.json");
    try (OutputStream stream = Files.newOutputStream(json)) {
      ComparisonJson.write(stream, comparison);
    } catch (IOException e) {
      throw new RunFailedException(json + ": writing failed: " + e.getMessage(), e);
    }
    err.println("written to " + json);
    return comparison.agrees() ? LyricistCommand.DONE : LyricistCommand.APART;
  }
}
