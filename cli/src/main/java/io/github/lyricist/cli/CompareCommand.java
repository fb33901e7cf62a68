package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.comparison.Comparison;
import io.github.lyricist.comparison.Comparison.Verdict;
import io.github.lyricist.comparison.ComparisonJson;
import io.github.lyricist.comparison.Trajectory;
import io.github.lyricist.config.Config;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.RunDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code compare}: trains on several engines from one start, each in a process of its own. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Trains on each engine from one start, and says how far apart they are, and how fast.",
      "Beside them it trains two twins of the first engine's run, whose initial parameters are"
          + " moved by one unit in the last place. How far those part shows what rounding alone does"
          + " on this very config; engines may deviate by ten times as much, and always by 1e-5."
          + " Where two twins call them apart, up to six more are asked."
          + " Once that is more than 1e-2, nothing is judged any more; where fewer than two epochs"
          + " can be judged, the steps of the first are.",
      "The times are medians without the first epoch; ratios of them are of three epochs or more.",
      "Exit code 0: they agree, or nothing can be judged; 3: they are further apart than that."
    },
    footer = {
      "",
      "Example:",
      "  ${ROOT-COMMAND-NAME} compare configs/adam-gru.yaml --backends scratch,djl --epochs 3"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int LEAST_BACKENDS = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> installed;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--backends",
      paramLabel = "NAME",
      split = ",",
      description =
          "The engines. Default: all that are installed but the reference, the config's first.")
  private List<String> backends = new ArrayList<>();

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs. Default: ${DEFAULT-VALUE}.")
  private int epochs = 10;

  @Option(names = "--json", description = "Prints the comparison as JSON, in place of the table.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Takes a run of each engine, the twins as twin-1, twin-2 and so on, and compare.json."
              + " Default: runs/compare-<name>-<time>.")
  private @Nullable Path folder;

  CompareCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> installed) {
    this.out = out;
    this.err = err;
    this.installed = installed;
  }

  @Override
  public Integer call() {
    Config config = options.read(List.of());
    List<String> engines = engines(config.spec().backend());
    if (epochs < 1) {
      throw InvalidInputException.at("--epochs", "found " + epochs, "expected 1 or more");
    }
    Path target = target(config);
    RunDirectory.requireUsable(target);
    List<Trajectory> trajectories = new ArrayList<>();
    for (String engine : engines) {
      err.println("training on " + engine);
      trajectories.add(train(engine, engine, 0, target));
    }
    Comparison comparison =
        Comparison.byTwins(trajectories, twin -> trainTwin(engines.get(0), twin, target));
    print(comparison);
    write(comparison, target.resolve("compare.json"));
    return comparison.verdict() == Verdict.APART ? LyricistCommand.APART : LyricistCommand.DONE;
  }

  private List<String> engines(String configured) {
    List<String> engines = new ArrayList<>(InstalledEngines.orAll(backends, installed.get()));
    if (backends.isEmpty() && engines.remove(configured)) {
      engines.add(0, configured);
    }
    if (backends.isEmpty() && engines.size() == 1) {
      throw InvalidInputException.at(
          "--backends",
          "only %s is installed".formatted(engines.get(0)),
          "name others, such as --backends %s,reference".formatted(engines.get(0)));
    }
    if (new HashSet<>(engines).size() < Math.max(LEAST_BACKENDS, engines.size())) {
      throw InvalidInputException.at(
          "--backends", "found " + String.join(",", engines), "name two or more different ones");
    }
    return engines;
  }

  private Path target(Config config) {
    return folder != null
        ? folder
        : RunDirectory.defaultFolder(
            Path.of("runs"),
            "compare-" + config.spec().name(),
            LocalDateTime.now(ZoneId.systemDefault()));
  }

  private Trajectory trainTwin(String engine, int twin, Path target) {
    err.println(
        twin <= Comparison.TWINS
            ? "training a twin of the run on " + engine
            : "they seem to be apart; training one more twin of the run on " + engine);
    return train("twin-" + twin, engine, twin, target);
  }

  /**
   * Trains in a process of its own.
   *
   * @param twin which twin of the run, from 1; 0 for the run itself
   * @throws EngineProcess.FailedException if it fails; it has said why
   */
  private Trajectory train(String name, String engine, int twin, Path target) {
    Path run = target.resolve(name);
    List<String> arguments = new ArrayList<>(options.forBackend(engine, epochs, run));
    arguments.addAll(List.of("--twin", "" + twin));
    List<Double> steps =
        EngineProcess.run(arguments).stream()
            .filter(line -> line.startsWith(CompareEngineCommand.ANSWER))
            .map(line -> Double.valueOf(line.substring(CompareEngineCommand.ANSWER.length())))
            .toList();
    return new Trajectory(name, Metrics.read(run), steps);
  }

  private void print(Comparison comparison) {
    if (!json) {
      ComparisonTable.print(comparison, out);
      return;
    }
    try {
      ComparisonJson.write(out, comparison);
    } catch (IOException e) {
      throw RunFailedException.writing("standard output", e);
    }
  }

  private void write(Comparison comparison, Path file) {
    AtomicFile.write(file, stream -> ComparisonJson.write(stream, comparison));
    err.println("written to " + file);
  }
}
