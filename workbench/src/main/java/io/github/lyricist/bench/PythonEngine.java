package io.github.lyricist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.InputStream;

/** PyTorch's own modules, from Python, beside our engines: nothing of ours between. */
public final class PythonEngine {
  private static final String NAME = "pytorch";

  private static final String SCRIPT = "pytorch.py";

  private PythonEngine() {}

  /**
   * Starts it in a process of its own.
   *
   * @param python a Python that has PyTorch: a command, or a path
   * @throws InvalidInputException if it can't be started
   */
  public static RemoteEngine start(String python, int threads) {
    try {
      return RemoteEngine.start(NAME, python, "-c", script(), "--threads", "" + threads);
    } catch (IOException e) {
      throw InvalidInputException.at(
          "--pytorch " + python,
          "it can't be started",
          "name a Python that has PyTorch, such as /usr/bin/python3");
    }
  }

  private static String script() {
    try (InputStream in = PythonEngine.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new RunFailedException("the program has no " + SCRIPT + "; build it again");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw RunFailedException.reading(SCRIPT, e);
    }
  }
}
