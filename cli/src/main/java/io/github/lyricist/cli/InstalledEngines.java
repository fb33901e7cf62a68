package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Availability;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import java.util.List;

/** The engines that a command works with when it takes several. */
final class InstalledEngines {
  private InstalledEngines() {}

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
