package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.tokens.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines, by name: those on the class path, and those that are installed beside it. */
public final class BackendRegistry {
  private final Map<String, BackendProvider> providers = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();
  private final EngineSource others;
  private final Set<ClassLoader> loaded = new HashSet<>();

  /**
   * @throws RunFailedException if a provider has a blank name, or two have the same
   */
  public BackendRegistry(Iterable<BackendProvider> providers) {
    this(providers, EngineSource.NONE);
  }

  /**
   * @param others asked for engines that are not among these
   * @throws RunFailedException if a provider has a blank name, or two have the same
   */
  public BackendRegistry(Iterable<BackendProvider> providers, EngineSource others) {
    this.others = others;
    addAll(providers);
  }

  /** The engines that {@link ServiceLoader} finds. */
  public static BackendRegistry installed() {
    return installed(EngineSource.NONE);
  }

  /**
   * The engines that {@link ServiceLoader} finds, on the class path and beside it.
   *
   * @param others asked for engines that are not on the class path
   */
  public static BackendRegistry installed(EngineSource others) {
    return new BackendRegistry(ServiceLoader.load(BackendProvider.class), others);
  }

  private void addAll(Iterable<BackendProvider> found) {
    Iterator<BackendProvider> iterator = found.iterator();
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

  private void addFrom(ClassLoader loader) {
    if (loaded.add(loader)) {
      addAll(ServiceLoader.load(BackendProvider.class, loader));
    }
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

  /** The engines that are there, in the order of their names. */
  public List<BackendProvider> providers() {
    others.installed().forEach(this::addFrom);
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

  /** Of the engines that are not installed and could be, by name, what installs each, in words. */
  public Map<String, String> installable() {
    return others.installable();
  }

  /** Why each provider that failed to load did. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  /**
   * The engine with this name; it is installed first where that is possible.
   *
   * @throws InvalidInputException if there is none, or it can't run here
   */
  public BackendProvider get(String name) {
    if (!providers.containsKey(name)) {
      others.find(name).ifPresent(this::addFrom);
    }
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
    others.installed().forEach(this::addFrom);
    String failures =
        broken.isEmpty() ? "" : " (failed to load: " + String.join(", ", broken) + ")";
    return InvalidInputException.ofKey(
        "backend",
        "there is no backend '" + Excerpt.of(name) + "'" + failures,
        Stream.concat(
                Stream.of("choose one of: " + String.join(", ", providers.keySet())),
                others.installable().values().stream())
            .collect(Collectors.joining("; ")));
  }
}
