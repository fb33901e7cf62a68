package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.comparison.Twin;
import io.github.lyricist.config.Config;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.training.DivergedException;
import io.github.lyricist.training.TrainingEvent.StepTaken;
import io.github.lyricist.training.TrainingListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One run of {@link CompareCommand}, in a process of its own. It tells the loss of each step of the
 * first epoch on a line that begins with {@link #ANSWER}; all else is in the run directory. That
 * the training diverged is a result to compare like any other, not a failure.
 */
@Command(name = CompareEngineCommand.NAME, hidden = true)
final class CompareEngineCommand implements Callable<Integer> {
  static final String NAME = "compare-engine";
  static final String ANSWER = "= ";

  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--out", required = true)
  private Path folder = Path.of("");

  @Option(names = "--twin", description = "Which twin of the run, from 1; 0 for the run itself.")
  private int twin;

  CompareEngineCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    Config config = options.read(List.of());
    try (Interruption interruption = new Interruption()) {
      new Experiment(
              config.spec(),
              backends.get(),
              interruption.watching(steps()),
              interruption::isRequested,
              parameters -> moved(parameters, config))
          .run(folder);
      return interruption.isRequested() ? LyricistCommand.INTERRUPTED : LyricistCommand.DONE;
    } catch (DivergedException e) {
      err.println(e.getMessage());
      return LyricistCommand.DONE;
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
  }

  private TrainingListener steps() {
    return event -> {
      if (event instanceof StepTaken step && step.epoch() == 1) {
        out.println(ANSWER + step.result().loss());
      }
    };
  }

  private Parameters moved(Parameters parameters, Config config) {
    if (twin > 0) {
      RandomStreams random = new RandomStreams(config.spec().seed());
      Twin.move(parameters, config.spec().model(), random, twin);
    }
    return parameters;
  }
}
