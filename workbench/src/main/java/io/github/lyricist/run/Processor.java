package io.github.lyricist.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The name of the machine's processor, as its maker calls it. */
public final class Processor {
  private static final Path LINUX_CPU_INFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** The name where the system tells it, otherwise the architecture. */
  public static String name() {
    return name(LINUX_CPU_INFO, System.getProperty("os.arch"));
  }

  static String name(Path cpuInfo, String architecture) {
    if (!Files.isReadable(cpuInfo)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
