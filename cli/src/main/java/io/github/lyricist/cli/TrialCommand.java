package io.github.lyricist.cli;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialRun;
import io.github.lyricist.training.TrainingEvent.EpochDone;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A trial of {@code sweep}, in a process of its own. It tells of each epoch on a line, and at its
 * end what came out of it, on one that begins with {@link #ANSWER}. It stops, with a checkpoint,
 * when its standard input ends: then whoever started it is no more.
 */
@Command(name = TrialCommand.NAME, hidden = true)
final class TrialCommand implements Callable<Integer> {
  static final String NAME = "trial";
  static final String ANSWER = "= ";

  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  @Parameters(index = "0", paramLabel = "CONFIG")
  private Path config = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN_DIR")
  private Path folder = Path.of("");

  @Option(names = "--epochs")
  private int epochs = Integer.MAX_VALUE;

  @Option(names = "--objective")
  private Objective objective = Objective.VALIDATION_PERPLEXITY;

  @Option(names = "--sharing")
  private int sharing = 1;

  TrialCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    Thread orphanhood = new Thread(TrialCommand::endWithStandardInput, "lyricist-orphanhood");
    orphanhood.setDaemon(true);
    orphanhood.start();
    try (Interruption interruption = new Interruption()) {
      TrialOutcome outcome =
          new TrialRun(
                  backends.get(),
                  objective,
                  sharing,
                  interruption.watching(progress()),
                  interruption::isRequested)
              .train(config, folder, epochs);
      if (outcome == null) {
        return LyricistCommand.INTERRUPTED;
      }
      out.println(ANSWER + outcome.json());
      return LyricistCommand.DONE;
    }
  }

  private TrainingListener progress() {
    return event -> {
      if (event instanceof EpochDone done) {
        out.println(told(done.result().epoch(), done.result().perplexity()));
      } else if (event instanceof Notice notice) {
        err.println(notice.message());
      }
    };
  }

  /** That a trial has trained another epoch. */
  static String told(int epoch, double perplexity) {
    return "epoch %d, perplexity %s".formatted(epoch, ProgressPrinter.told(perplexity));
  }

  private static void endWithStandardInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said on it.
      }
    } catch (IOException e) {
      throw RunFailedException.reading("standard input", e);
    }
    System.exit(LyricistCommand.INTERRUPTED);
  }
}
