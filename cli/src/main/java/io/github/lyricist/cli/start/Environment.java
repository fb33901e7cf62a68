package io.github.lyricist.cli.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Environment variables that native libraries look at when they are loaded, which Java can't set
 * for itself.
 */
final class Environment {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private Environment() {}

  /** Those for this machine, as {@code NAME=VALUE}. */
  static List<String> here() throws IOException {
    return of(
        Files.isReadable(PROCESSOR)
            ? Files.readString(PROCESSOR, StandardCharsets.ISO_8859_1)
            : System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""));
  }

  /**
   * Those for a processor.
   *
   * @param processor what the system says of it
   */
  static List<String> of(String processor) {
    List<String> variables = new ArrayList<>();
    variables.add("NVIDIA_TF32_OVERRIDE=0"); // or CUDA rounds products to 10 bits
    // ND4J's OpenBLAS does not know AMD's newer processors, and takes them for ones without
    // vectors.
    if (processor.contains("AuthenticAMD")) {
      if (processor.contains("avx512vl")) {
        variables.add("OPENBLAS_CORETYPE=SkylakeX");
      } else if (processor.contains("avx2")) {
        variables.add("OPENBLAS_CORETYPE=Zen");
      }
    }
    return variables;
  }
}
