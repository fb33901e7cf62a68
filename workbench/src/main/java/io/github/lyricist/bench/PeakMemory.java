package io.github.lyricist.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The most memory that this process ever held, Java's and the engines' own. */
final class PeakMemory {
  private static final Path LINUX_STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER_MARK = "VmHWM:"; // in kB, which are 1,024 bytes

  private PeakMemory() {}

  /** In bytes, where the system tells it. */
  static OptionalLong bytes() {
    if (!Files.isReadable(LINUX_STATUS)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(LINUX_STATUS)) {
      return lines
          .filter(line -> line.startsWith(HIGH_WATER_MARK))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
