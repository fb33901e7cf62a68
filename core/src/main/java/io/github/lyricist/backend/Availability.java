package io.github.lyricist.backend;

import java.util.List;

/** Whether an engine can run on this machine. */
public sealed interface Availability {
  /**
   * It can.
   *
   * @param version the engine and its version
   * @param devices the devices it can use, such as {@code cpu} and {@code cuda:0}
   * @param note how it will run, in a few words; empty where there is nothing to say
   */
  record Available(String version, List<String> devices, String note) implements Availability {}

  /** It can't, for this reason. */
  record Unavailable(String reason) implements Availability {}
}
