package io.github.lyricist.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One HTML page about one or more runs, which needs nothing beside itself. */
public final class Report {
  private Report() {}

  /**
   * Writes the page, in place of what was there before.
   *
   * @param folders run directories, each once
   * @param file the page
   * @throws InvalidInputException if a run directory is none or broken, or {@code file} can't be a
   *     file
   * @throws RunFailedException if reading or writing fails
   */
  public static void write(List<Path> folders, Path file) {
    if (folders.size() > Limits.REPORT_RUNS) {
      throw InvalidInputException.at(
          "report",
          "%d runs, the limit is %d".formatted(folders.size(), Limits.REPORT_RUNS),
          "name fewer");
    }
    List<StoredRun> runs = read(folders);
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
    try {
      AtomicFile.write(target, out -> out.write(page));
    } catch (IOException e) {
      throw new RunFailedException(file + ": writing failed: " + e, e);
    }
  }

  private static List<StoredRun> read(List<Path> folders) {
    List<StoredRun> runs = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path folder : folders) {
      runs.add(StoredRun.read(folder));
      if (!seen.add(realPath(folder))) {
        throw InvalidInputException.at(folder.toString(), "named twice", "name each run once");
      }
    }
    return runs;
  }

  private static Path realPath(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new RunFailedException(folder + ": reading failed: " + e.getMessage(), e);
    }
  }
}
