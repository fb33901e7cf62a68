package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigWriter;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.Rehearsal;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate}: checks a configuration and prints it complete. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a config, and prints it with every key.",
      "All is checked that a run would refuse: text, prefixes, engine, device, memory."
    },
    footer = {
      "",
      "Example:",
      "  ${ROOT-COMMAND-NAME} validate configs/random-scratch.yaml --set seed=2"
    })
final class ValidateCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> backends;

  @Mixin private ConfigOptions options = new ConfigOptions();

  ValidateCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.err = err;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    Config config = options.read(List.of());
    ExperimentSpec spec = config.spec();
    try {
      BackendRegistry registry = backends.get();
      if (registry.installable().containsKey(spec.backend())) {
        Rehearsal.withoutEngine(spec, err::println);
        err.println(
            "not checked: engine, device and memory, since %1$s is not installed; 'run' installs it"
                .formatted(spec.backend()));
      } else {
        Rehearsal.of(spec, registry, err::println);
      }
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
    out.print(ConfigWriter.write(spec));
    return LyricistCommand.DONE;
  }
}
