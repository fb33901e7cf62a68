package io.github.lyricist.bench;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** A program that answers as {@link EngineService} does, beside our engines. */
public final class OtherEngine {
  private OtherEngine() {}

  /**
   * Starts it in a process of its own.
   *
   * @param program a command, or a path; in tables it is called as its file is
   * @throws InvalidInputException if it can't be started
   */
  public static RemoteEngine start(String program, int threads) {
    try {
      return RemoteEngine.start(
          "" + Path.of(program).getFileName(), program, "--threads", "" + threads);
    } catch (IOException e) {
      throw InvalidInputException.at(
          "--other " + program, "it can't be started", "name a program such as benchmarks/dl4j");
    }
  }
}
