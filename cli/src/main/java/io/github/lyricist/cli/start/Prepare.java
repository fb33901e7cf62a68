package io.github.lyricist.cli.start;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.install.StagingFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Prepares what the next starts need. Run by the start scripts, where there is nothing for this
 * Java and these jars yet, or a part of it is lost.
 */
public final class Prepare {
  /** Set in the environment where the program is thrown away after a few starts. */
  private static final String ONCE = "LYRICIST_ONCE";

  private Prepare() {}

  /**
   * Prepares a start.
   *
   * @param args where the program is installed, the cache folder, a name for these jars on this
   *     Java, and where that was found
   */
  public static void main(String[] args) {
    Path home = Path.of(args[0]);
    Path cache = Path.of(args[1]).toAbsolutePath();
    String name = args[2];
    System.err.println(
        "lyricist: preparing the first start with this Java; the next ones are fast");
    Starts starts = new Starts(cache.resolve("start"));
    try (StagingFolder staging = starts.staging()) {
      Start start = new Start(home, cache, starts.folder(name));
      start.writeTo(staging.path(), System.getenv(ONCE) == null);
      starts.publish(staging.path(), name, List.of(home, Path.of(args[3])));
    } catch (IOException e) {
      System.err.printf(
          "lyricist: %s: preparing the first start failed (%s); make it a folder that can be"
              + " written and has room, or set XDG_CACHE_HOME to one%n",
          cache, RunFailedException.reason(e));
      System.exit(1);
    }
  }
}
