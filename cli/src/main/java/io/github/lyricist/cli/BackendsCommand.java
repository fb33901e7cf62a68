package io.github.lyricist.cli;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code backends}: lists the engines. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = "Lists each backend: name, version, devices, and whether it can run here.")
final class BackendsCommand implements Callable<Integer> {
  private final PrintStream out;

  BackendsCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    BackendRegistry registry = BackendRegistry.installed();
    for (BackendProvider provider : registry.providers()) {
      out.printf("%-10s %s%n", provider.name(), describe(BackendRegistry.availability(provider)));
    }
    // The launcher says what it could install: djl=120 MB,nd4j=130 MB
    for (String engine : System.getProperty("lyricist.installable", "").split(",", -1)) {
      if (!engine.isEmpty()) {
        String[] nameAndSize = engine.split("=", 2);
        out.printf(
            "%-10s not installed; run --backend %s installs it, a download of some %s%n",
            nameAndSize[0], nameAndSize[0], nameAndSize[1]);
      }
    }
    registry.broken().forEach(reason -> out.printf("%-10s failed to load: %s%n", "?", reason));
    out.printf(
        "threads: auto is %d here, the machine's cores%n",
        Runtime.getRuntime().availableProcessors());
    return LyricistCommand.DONE;
  }

  private static String describe(Availability availability) {
    if (availability instanceof Availability.Available available) {
      String note = available.note().isEmpty() ? "" : " (" + available.note() + ")";
      return "%s, %s%s"
          .formatted(available.version(), String.join(", ", available.devices()), note);
    }
    return "not available: " + ((Availability.Unavailable) availability).reason();
  }
}
