package io.github.lyricist.cli;

import io.github.lyricist.install.Installation;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code install}: brings the libraries of an engine, or of a kind of cluster. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = {
      "Installs engines that come without their libraries, with Maven.",
      "'run' does the same for the engine that its config names, and '--master' for spark.",
      "Once more mends a damaged one."
    },
    footer = {"", "Example:", "  ${ROOT-COMMAND-NAME} install djl"})
final class InstallCommand implements Callable<Integer> {
  private final PrintStream err;
  private final Supplier<Installation> installation;

  @Parameters(
      paramLabel = "ENGINE",
      arity = "1..*",
      description = "What to install: djl, nd4j, spark.")
  private List<String> engines = List.of();

  InstallCommand(PrintStream err, Supplier<Installation> installation) {
    this.err = err;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    Installation installed = installation.get();
    for (String engine : engines) {
      installed.install(engine);
      err.println(engine + " is installed");
    }
    return LyricistCommand.DONE;
  }
}
