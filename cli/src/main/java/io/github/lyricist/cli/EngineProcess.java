package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.RunFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lyricist in a process of its own, so that an engine has the machine and its libraries alone. */
final class EngineProcess {
  private EngineProcess() {}

  /** A command failed in its process, and has said why; what is left is to end with its code. */
  static final class FailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int exitCode;

    private FailedException(int exitCode) {
      super("an engine's process ended with " + exitCode);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /**
   * Runs a command of this program, started by the launcher, and waits for it. Its errors go to
   * this program's standard error.
   *
   * @return the lines of its standard output
   * @throws FailedException if it fails
   */
  static List<String> run(List<String> arguments) {
    Process process = start(arguments);
    try (BufferedReader output = process.inputReader(UTF_8)) {
      List<String> lines = output.lines().toList();
      int exitCode = process.waitFor();
      if (exitCode != LyricistCommand.DONE) {
        throw new FailedException(exitCode);
      }
      return lines;
    } catch (IOException | UncheckedIOException e) {
      throw new RunFailedException("an engine's process broke off: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  /** Starts a command of this program, to talk with through its standard input and output. */
  static Process start(List<String> arguments) {
    return start(arguments, ProcessBuilder.Redirect.INHERIT);
  }

  /**
   * The same.
   *
   * @param errors where its standard error goes
   */
  static Process start(List<String> arguments, ProcessBuilder.Redirect errors) {
    String launcher = Launcher.program();
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectError(errors).start();
      closeAfter(process, new ShutdownHook("lyricist-end-of-engine", process::destroy));
      return process;
    } catch (IOException e) {
      throw new RunFailedException(launcher + ": starting failed: " + e.getMessage(), e);
    }
  }

  /** A process that has ended needs no hook that ends it. */
  static void closeAfter(Process process, ShutdownHook hook) {
    var unused = process.onExit().thenRun(hook::close);
  }
}
