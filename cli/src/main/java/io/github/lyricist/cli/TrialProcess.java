package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.sweep.TrialOutcome;
import io.github.lyricist.sweep.TrialRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trials as processes of this machine. What they have to say stands in a file beside the run. */
final class TrialProcess implements TrialRunner {
  private static final int ATTEMPTS = 3;
  private static final int HANGUP = 129;
  private static final int TERMINATED = 143;

  private final Objective objective;
  private final int parallel;
  private final Consumer<String> progress;

  /**
   * @param parallel how many are trained at once
   * @param progress told of each epoch, by whichever trial, in one line
   */
  TrialProcess(Objective objective, int parallel, Consumer<String> progress) {
    this.objective = objective;
    this.parallel = parallel;
    this.progress = progress;
  }

  /** A process that is killed from outside is started again, and goes on from its checkpoint. */
  @Override
  public @Nullable TrialOutcome train(Path config, Path folder, int epochs) {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    int exitCode = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      Process process =
          EngineProcess.start(
              List.of(
                  TrialCommand.NAME,
                  config.toString(),
                  folder.toString(),
                  "--epochs",
                  "" + epochs,
                  "--objective",
                  objective.name(),
                  "--sharing",
                  "" + parallel),
              ProcessBuilder.Redirect.appendTo(log.toFile()));
      TrialOutcome outcome = answer(process);
      if (outcome != null) {
        return outcome;
      }
      exitCode = process.exitValue();
      if (List.of(LyricistCommand.INTERRUPTED, TERMINATED, HANGUP).contains(exitCode)) {
        return null;
      }
      if (exitCode == LyricistCommand.FAILED || exitCode == LyricistCommand.INVALID) {
        break; // it would fail again
      }
    }
    return TrialOutcome.failed("its process ended with %d; see %s".formatted(exitCode, log));
  }

  /** Listens until the process has ended; null where it ended without an answer. */
  private @Nullable TrialOutcome answer(Process process) {
    TrialOutcome outcome = null;
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(TrialCommand.ANSWER)) {
          outcome = TrialOutcome.parse(line.substring(TrialCommand.ANSWER.length()));
        } else {
          progress.accept(line);
        }
      }
    } catch (IOException e) {
      // This program is told to end, and has told the process; there is no more to hear.
    }
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
    return outcome;
  }
}
