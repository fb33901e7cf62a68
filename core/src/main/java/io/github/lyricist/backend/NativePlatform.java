package io.github.lyricist.backend;

import io.github.lyricist.CacheFolder;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an engine with native libraries needs to know about the machine. */
public final class NativePlatform {
  private NativePlatform() {}

  /** System and processor: {@code linux-x86_64}, {@code macos-arm64}. */
  public static String name() {
    return name(System.getProperty("os.name") + "-" + System.getProperty("os.arch"));
  }

  /**
   * The same in the words of someone else, who may have an {@code osx-aarch64}.
   *
   * @param platform system and processor, with a hyphen between them
   */
  public static String name(String platform) {
    return platform
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^(mac|osx)[^-]*", "macos")
        .replaceFirst("^win[^-]*", "windows")
        .replaceFirst("-amd64$", "-x86_64")
        .replaceFirst("-aarch64$", "-arm64")
        .replace(' ', '_');
  }

  /**
   * Where an engine unpacks its libraries, in the {@linkplain CacheFolder cache}. It is made if it
   * is not there.
   *
   * @throws RunFailedException if it can't be made or written
   */
  public static Path cacheFolder(String engine) {
    Path folder = CacheFolder.called(engine);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    if (!Files.isWritable(folder)) {
      throw unusable(folder, null);
    }
    return folder;
  }

  /**
   * The bytes that the machine can give to programs, as the system estimates them; {@link
   * Long#MAX_VALUE} where it doesn't tell.
   */
  static long availableMemory() {
    Path system = Path.of("/proc/meminfo");
    if (!Files.isReadable(system)) {
      return Long.MAX_VALUE;
    }
    try (Stream<String> lines = Files.lines(system)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""))) // given in kB
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static RunFailedException unusable(Path folder, @Nullable IOException cause) {
    return new RunFailedException(
        folder
            + ": libraries can't be unpacked there; make it a folder that can be written, or set"
            + " XDG_CACHE_HOME to one",
        cause);
  }
}
