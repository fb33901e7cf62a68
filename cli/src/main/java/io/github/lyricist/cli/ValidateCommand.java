package io.github.lyricist.cli;

import io.github.lyricist.config.ConfigWriter;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate}: checks a configuration and prints it complete. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Checks a config, and prints it with every key.",
    footer = {"", "Example:", "  lyricist validate configs/random-scratch.yaml --set seed=2"})
final class ValidateCommand implements Callable<Integer> {
  private final PrintStream out;
  @Mixin private ConfigOptions config = new ConfigOptions();

  ValidateCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.print(ConfigWriter.write(config.read().spec()));
    return LyricistCommand.DONE;
  }
}
