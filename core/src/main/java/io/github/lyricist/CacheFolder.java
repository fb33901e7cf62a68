package io.github.lyricist;

import java.nio.file.Path;

/** Where the program keeps what it could make again, which users may delete at any time. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * A folder of this name below {@code $XDG_CACHE_HOME/lyricist} or {@code ~/.cache/lyricist}; it
   * need not be there.
   */
  public static Path called(String name) {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return caches.resolve(Path.of("lyricist", name));
  }
}
