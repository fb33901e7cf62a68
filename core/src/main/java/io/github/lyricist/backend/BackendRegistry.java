package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The engines on the class path, by name. */
public final class BackendRegistry {
  private final Map<String, BackendProvider> providers = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * @throws RunFailedException if a provider has a blank name, or two have the same
   */
  public BackendRegistry(Iterable<BackendProvider> providers) {
    Iterator<BackendProvider> iterator = providers.iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          break;
        }
        add(iterator.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(reason(e));
      }
    }
  }

  /** The engines that {@link ServiceLoader} finds. */
  public static BackendRegistry installed() {
    return new BackendRegistry(ServiceLoader.load(BackendProvider.class));
  }

  private void add(BackendProvider provider) {
    String name = provider.name();
    if (name.isBlank()) {
      throw new RunFailedException(
          "the backend " + provider.getClass().getName() + " has a blank name");
    }
    BackendProvider other = providers.putIfAbsent(name, provider);
    if (other != null) {
      throw new RunFailedException(
          "two backends are called '%s': %s and %s; take one off the class path"
              .formatted(name, other.getClass().getName(), provider.getClass().getName()));
    }
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure ? "" + failure.getMessage() : failure.getMessage() + ": " + root;
  }

  /** The engines, in the order of their names. */
  public List<BackendProvider> providers() {
    return List.copyOf(providers.values());
  }

  /** Why each provider that failed to load did. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  /**
   * The engine with this name.
   *
   * @throws InvalidInputException if there is none, or it can't run here
   */
  public BackendProvider get(String name) {
    BackendProvider provider = providers.get(name);
    if (provider == null) {
      String failures =
          broken.isEmpty() ? "" : " (failed to load: " + String.join(", ", broken) + ")";
      throw InvalidInputException.ofKey(
          "backend",
          "there is no backend '" + name + "'" + failures,
          "choose one of: " + String.join(", ", providers.keySet()));
    }
    if (provider.availability() instanceof Availability.Unavailable unavailable) {
      throw InvalidInputException.ofKey(
          "backend",
          "the backend '" + name + "' can't run here: " + unavailable.reason(),
          "choose another, or mend that");
    }
    return provider;
  }
}
