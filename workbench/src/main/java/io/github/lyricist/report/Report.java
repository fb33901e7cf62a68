package io.github.lyricist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One HTML page about one or more runs, which needs nothing beside itself. */
public final class Report {
  private Report() {}

  /**
   * Writes the page, in place of what was there before.
   *
   * @param folders run directories, each once; of a folder that is none, the runs that it holds
   * @param file the page
   * @param notice told in one line of each folder that is left out
   * @throws InvalidInputException if a run directory is none or broken, or {@code file} can't be a
   *     file
   * @throws RunFailedException if reading or writing fails
   */
  public static void write(List<Path> folders, Path file, Consumer<String> notice) {
    List<StoredRun> runs = RunFolder.meant(folders, notice);
    if (runs.isEmpty() || runs.size() > Limits.REPORT_RUNS) {
      throw InvalidInputException.at(
          "report",
          "%d runs, the limit is %d".formatted(runs.size(), Limits.REPORT_RUNS),
          runs.isEmpty() ? "name one" : "name fewer");
    }
    requireDistinct(runs);
    Path target = file.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (Files.isDirectory(target) || parent == null) {
      throw InvalidInputException.at(file.toString(), "is a folder", "name a file in it");
    }
    if (!Files.isDirectory(parent)) {
      throw InvalidInputException.at(
          file.toString(), "there is no folder " + parent, "make it, or name another file");
    }
    byte[] page = new ReportPage(runs).html().getBytes(UTF_8);
    AtomicFile.write(target, out -> out.write(page));
  }

  private static void requireDistinct(List<StoredRun> runs) {
    Set<Path> seen = new HashSet<>();
    for (StoredRun run : runs) {
      if (!seen.add(realPath(run.folder()))) {
        throw InvalidInputException.at(
            run.folder().toString(), "named twice", "name each run once");
      }
    }
  }

  private static Path realPath(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw RunFailedException.reading(folder, e);
    }
  }
}
