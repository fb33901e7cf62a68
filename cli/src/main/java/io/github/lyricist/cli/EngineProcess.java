package io.github.lyricist.cli;

import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lyricist in a process of its own, so that an engine has the machine and its libraries alone. */
final class EngineProcess {
  private EngineProcess() {}

  /**
   * Runs a command of this program, started by the launcher, and waits for it. Its errors go to
   * this program's standard error.
   *
   * @return the command's exit code
   */
  static int run(List<String> arguments) {
    Process process = start(arguments, ProcessBuilder.Redirect.DISCARD);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  /** Starts a command of this program, to talk with through its standard input and output. */
  static Process start(List<String> arguments) {
    return start(arguments, ProcessBuilder.Redirect.PIPE);
  }

  private static Process start(List<String> arguments, ProcessBuilder.Redirect out) {
    String launcher = System.getProperty("lyricist.launcher");
    if (launcher == null) {
      throw new RunFailedException("start the program with ./lyricist, which this command needs");
    }
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Thread kill = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(kill);
      return process;
    } catch (IOException e) {
      throw new RunFailedException(launcher + ": starting failed: " + e.getMessage(), e);
    }
  }
}
