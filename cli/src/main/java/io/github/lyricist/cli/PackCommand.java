package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.install.Installation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pack}: the program in one jar. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = "Packs the program into one jar, which a Spark cluster's spark-submit can start.",
    footer = {
      "",
      "Examples:",
      "  ${ROOT-COMMAND-NAME} pack lyricist.jar",
      "  spark-submit --master yarn lyricist.jar sweep which-size.yaml"
    })
final class PackCommand implements Callable<Integer> {
  private final PrintStream err;
  private final Supplier<Installation> installation;

  @Parameters(paramLabel = "JAR", description = "The jar that is written.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path jar;

  @Option(
      names = "--backends",
      paramLabel = "NAME",
      split = ",",
      description = "The engines in it beside scratch: djl, nd4j. Default: none.")
  private Set<String> engines = new LinkedHashSet<>();

  PackCommand(PrintStream err, Supplier<Installation> installation) {
    this.err = err;
    this.installation = installation;
  }

  @Override
  public Integer call() {
    Installation installed = installation.get();
    for (String engine : engines) {
      if (installed.find(engine).isEmpty()) {
        throw InvalidInputException.at(
            "--backends " + engine,
            "there is no such engine to be packed",
            "expected djl or nd4j; scratch and reference are always there");
      }
    }
    installed.pack(jar, engines);
    err.println("the program is in " + jar);
    return LyricistCommand.DONE;
  }
}
