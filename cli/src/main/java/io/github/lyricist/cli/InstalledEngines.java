package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The engines that a command works with when it takes several. */
final class InstalledEngines {
  /** What users look for in an engine, where its name does not say it. */
  private static final Map<String, String> LIBRARIES =
      Map.of("djl", "PyTorch through DJL", "nd4j", "ND4J");

  private InstalledEngines() {}

  /**
   * Of each engine that the launcher could install, by name, what does so; the launcher tells their
   * sizes, as {@code djl=120 MB,nd4j=125 MB}.
   */
  static Map<String, String> installable() {
    Map<String, String> ways = new TreeMap<>();
    for (String engine : System.getProperty("lyricist.installable", "").split(",", -1)) {
      if (!engine.isEmpty()) {
        String[] nameAndSize = engine.split("=", 2);
        ways.put(
            nameAndSize[0],
            "run --backend %s installs %s, a download of some %s"
                .formatted(
                    nameAndSize[0], LIBRARIES.getOrDefault(nameAndSize[0], "it"), nameAndSize[1]));
      }
    }
    return ways;
  }

  /**
   * Those with these names, or where none are named all that can run here, but the reference.
   *
   * @throws InvalidInputException if one that is named is not there, or can't run
   */
  static List<String> orAll(List<String> names, BackendRegistry registry) {
    if (!names.isEmpty()) {
      try {
        names.forEach(registry::get); // complains of those that aren't there
      } catch (InvalidInputException e) {
        throw e.locatedBy(key -> "--backends");
      }
      return names;
    }
    return registry.providers().stream()
        .filter(
            provider -> BackendRegistry.availability(provider) instanceof Availability.Available)
        .map(BackendProvider::name)
        .filter(name -> !name.equals("reference"))
        .toList();
  }
}
