package io.github.lyricist.backend;

import java.nio.file.Path;
import java.util.Locale;

/** What an engine with native libraries needs to know about the machine. */
public final class NativePlatform {
  private NativePlatform() {}

  /** System and processor, as native libraries are named after them: {@code linux-x86_64}. */
  public static String name() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '_');
    String architecture = System.getProperty("os.arch");
    return system + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }

  /**
   * Where an engine may unpack its libraries: a folder below {@code $XDG_CACHE_HOME/lyricist} or
   * {@code ~/.cache/lyricist}, which users may delete at any time.
   */
  public static Path cacheFolder(String engine) {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return caches.resolve(Path.of("lyricist", engine));
  }
}
