package io.github.lyricist.backend;

import io.github.lyricist.InvalidInputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many threads an engine computes with: from 1 to {@value #MOST}. */
public final class Threads {
  /** More than any machine has cores for; each thread has a stack and buffers of its own. */
  public static final int MOST = 1024;

  private Threads() {}

  /**
   * The number asked for, or as many as the machine has cores.
   *
   * @param requested null leaves the choice to the machine
   * @throws InvalidInputException if the number is out of range
   */
  public static int orCores(@Nullable Integer requested) {
    return requested == null
        ? Math.min(MOST, Runtime.getRuntime().availableProcessors())
        : require(requested);
  }

  public static boolean isInRange(int threads) {
    return threads >= 1 && threads <= MOST;
  }

  /** What speaks against this number here, in one line, if anything does. */
  public static Optional<String> notice(int threads) {
    int cores = Runtime.getRuntime().availableProcessors();
    return threads <= cores
        ? Optional.empty()
        : Optional.of(
            "%d threads take turns on %d %s, which is slower than one on each; without --threads there are as many as cores"
                .formatted(threads, cores, cores == 1 ? "core" : "cores"));
  }

  /**
   * Checks a number of threads, and returns it.
   *
   * @throws InvalidInputException if it is out of range
   */
  public static int require(int threads) {
    if (!isInRange(threads)) {
      throw InvalidInputException.ofKey(
          "threads", "found " + threads, "expected a whole number from 1 to " + MOST);
    }
    return threads;
  }
}
