package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.tokens.Excerpt;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines on the class path, by name. */
public final class BackendRegistry {
  private final Map<String, BackendProvider> providers = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();
  private final Map<String, String> installable;

  /**
   * @throws RunFailedException if a provider has a blank name, or two have the same
   */
  public BackendRegistry(Iterable<BackendProvider> providers) {
    this(providers, Map.of());
  }

  /**
   * @param installable of engines that may be missing, by name, what installs them
   * @throws RunFailedException if a provider has a blank name, or two have the same
   */
  public BackendRegistry(Iterable<BackendProvider> providers, Map<String, String> installable) {
    this.installable = new TreeMap<>(installable);
    Iterator<BackendProvider> iterator = providers.iterator();
    while (true) {
      BackendProvider provider;
      String name;
      try {
        if (!iterator.hasNext()) {
          break;
        }
        provider = iterator.next();
        name = provider.name();
      } catch (ServiceConfigurationError | LinkageError e) {
        broken.add(reason(e));
        continue;
      }
      add(name, provider);
    }
  }

  /** The engines that {@link ServiceLoader} finds. */
  public static BackendRegistry installed() {
    return installed(Map.of());
  }

  /**
   * The engines that {@link ServiceLoader} finds.
   *
   * @param installable of engines that may be missing, by name, what installs them
   */
  public static BackendRegistry installed(Map<String, String> installable) {
    return new BackendRegistry(ServiceLoader.load(BackendProvider.class), installable);
  }

  private void add(String name, BackendProvider provider) {
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
    boolean saysWhy =
        failure instanceof RunFailedException || failure instanceof ServiceConfigurationError;
    String message = saysWhy ? "" + failure.getMessage() : failure.toString();
    return root == failure ? message : message + ": " + root;
  }

  /** The engines, in the order of their names. */
  public List<BackendProvider> providers() {
    return List.copyOf(providers.values());
  }

  /** Whether an engine can run here. One that fails to tell can't, and that failure is why. */
  public static Availability availability(BackendProvider provider) {
    try {
      return provider.availability();
    } catch (RuntimeException | Error e) {
      return new Availability.Unavailable(reason(e));
    }
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
      throw missing(name);
    }
    if (availability(provider) instanceof Availability.Unavailable unavailable) {
      throw InvalidInputException.ofKey(
          "backend",
          "the backend '" + name + "' can't run here: " + unavailable.reason(),
          "choose another, or mend that");
    }
    return provider;
  }

  private InvalidInputException missing(String name) {
    String installs = installable.get(name);
    if (installs != null) {
      return InvalidInputException.ofKey(
          "backend", "the backend '" + name + "' is not installed", installs);
    }
    String failures =
        broken.isEmpty() ? "" : " (failed to load: " + String.join(", ", broken) + ")";
    return InvalidInputException.ofKey(
        "backend",
        "there is no backend '" + Excerpt.of(name) + "'" + failures,
        Stream.concat(
                Stream.of("choose one of: " + String.join(", ", providers.keySet())),
                installable.values().stream())
            .collect(Collectors.joining("; ")));
  }
}
