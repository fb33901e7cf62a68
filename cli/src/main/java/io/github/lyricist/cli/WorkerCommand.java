package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.distributed.Secret;
import io.github.lyricist.distributed.Worker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * A worker of {@code run --workers}, in a process of its own; the group's secret is the one line of
 * its standard input, where no other user of the machine sees it.
 */
@Command(name = WorkerCommand.NAME, hidden = true)
final class WorkerCommand implements Callable<Integer> {
  static final String NAME = "worker";

  private final Supplier<BackendRegistry> backends;

  @Parameters(index = "0", paramLabel = "HOST")
  private String host = "";

  @Parameters(index = "1", paramLabel = "PORT")
  private int port;

  WorkerCommand(Supplier<BackendRegistry> backends) {
    this.backends = backends;
  }

  @Override
  public Integer call() {
    Worker.run(host, port, Secret.parse(secret()), backends.get());
    return LyricistCommand.DONE;
  }

  private static String secret() {
    try {
      @Nullable String line =
          new BufferedReader(new InputStreamReader(System.in, US_ASCII)).readLine();
      if (line == null) {
        throw new RunFailedException("no secret on standard input");
      }
      return line;
    } catch (IOException e) {
      throw RunFailedException.reading("standard input", e);
    }
  }
}
