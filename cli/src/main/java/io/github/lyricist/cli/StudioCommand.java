package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.install.Installation;
import io.github.lyricist.report.RunFolder;
import io.github.lyricist.studio.Studio;
import io.github.lyricist.studio.Studio.Settings;
import io.github.lyricist.studio.http.StudioServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio}: a page to write on, look inside, and train from. */
@Command(
    name = "studio",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page to write on, look inside, and train from, on this machine alone.",
      "Prints its address; Ctrl-C ends it."
    },
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} studio",
      "  ${ROOT-COMMAND-NAME} studio runs --port 8081"
    })
final class StudioCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;
  private final Supplier<Installation> installation;

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "A folder that holds runs. Default: ${DEFAULT-VALUE}.")
  private Path folder = RunFolder.DEFAULT;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where it answers; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port = 8080;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "An address of this machine, for others to reach it, too; whoever does so must show the"
              + " key that is printed. Default: ${DEFAULT-VALUE}.")
  private String host = StudioServer.LOOPBACK;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The engine of all models. Default: ${DEFAULT-VALUE}.")
  private String backend = ExperimentSpec.DEFAULT.backend();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: the machine's cores.")
  private @Nullable Integer threads;

  StudioCommand(
      PrintStream out,
      PrintStream err,
      Supplier<BackendRegistry> backends,
      Supplier<Installation> installation) {
    this.out = out;
    this.err = err;
    this.backends = backends;
    this.installation = installation;
  }

  @Override
  @SuppressWarnings("try") // the hook is there to be closed
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 0xFFFF) {
      throw InvalidInputException.at("--port", "found " + port, "expected 0 to 65535");
    }
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ShutdownHook hook = new ShutdownHook("lyricist-studio", () -> end(end, ended));
        Studio studio =
            new Studio(
                new Settings(folder, host, port, backend, threads),
                backends.get(),
                () -> InstalledPhonetics.of(installation.get()),
                err::println)) {
      out.println(studio.address());
      out.flush();
      end.await();
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> "--" + key);
    } finally {
      ended.countDown();
    }
    return LyricistCommand.DONE;
  }

  /** What is being trained is saved before the process ends. */
  private static void end(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
