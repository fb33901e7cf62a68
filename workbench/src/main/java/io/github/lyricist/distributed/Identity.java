package io.github.lyricist.distributed;

import io.github.lyricist.Build;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import java.util.List;

/** What must be the same for all members of a group, or their numbers would not be. */
final class Identity {
  private static final List<String> NAMES =
      List.of("Lyricist", "engine", "device", "Java", "processor");

  private Identity() {}

  /** That of this process, a text for each of the names. */
  static List<String> of(Backend backend) {
    Build build = Build.current();
    return List.of(
        build.version() + " " + build.commit(),
        backend.version(),
        backend.device().replaceFirst(":[0-9]+$", ""),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        String.valueOf(System.getProperty("os.arch")));
  }

  /**
   * Compares that of a worker with the leader's.
   *
   * @throws InvalidInputException naming what differs, and both
   */
  static void requireSame(List<String> leader, List<String> worker, String name) {
    for (int i = 0; i < NAMES.size(); i++) {
      if (i >= worker.size() || !leader.get(i).equals(worker.get(i))) {
        throw InvalidInputException.at(
            name,
            "%s is %s there, and %s here"
                .formatted(
                    NAMES.get(i), i < worker.size() ? worker.get(i) : "unknown", leader.get(i)),
            "mixed workers don't compute the same numbers; use the same on all");
      }
    }
  }
}
