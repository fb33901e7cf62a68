package io.github.lyricist.cli;

import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code backends}: lists the engines. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = "Lists each backend: name, version, devices, and whether it can run here.")
final class BackendsCommand implements Callable<Integer> {
  private final PrintStream out;
  private final Supplier<BackendRegistry> backends;

  BackendsCommand(PrintStream out, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.backends = backends;
  }

  @Override
  public Integer call() {
    BackendRegistry registry = backends.get();
    for (BackendProvider provider : registry.providers()) {
      out.printf(
          "%-10s %s%s%n",
          provider.name(), describe(BackendRegistry.availability(provider)), origin(provider));
    }
    registry
        .installable()
        .forEach((name, installs) -> out.printf("%-10s not installed; %s%n", name, installs));
    registry.broken().forEach(reason -> out.printf("%-10s failed to load: %s%n", "?", reason));
    out.printf("threads: auto is %d here, the machine's cores%n", Threads.orCores(null));
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

  /** The jar or the folder that a provider was loaded from, where that is known. */
  private static String origin(BackendProvider provider) {
    CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "";
    }
    try {
      return "; from " + Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return "; from " + source.getLocation(); // no file
    }
  }
}
