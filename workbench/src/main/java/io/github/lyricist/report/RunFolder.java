package io.github.lyricist.report;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.Provenance;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** A folder of runs, such as {@code runs/}. */
public final class RunFolder {
  /** Where runs go whose folder the user doesn't name. */
  public static final Path DEFAULT = Path.of("runs");

  /** In a folder of runs, the texts that some of them were given. */
  public static final String TEXTS = "texts";

  private final Path folder;

  /**
   * @throws InvalidInputException if there is no such folder
   */
  public RunFolder(Path folder) {
    BoundedFile.requireFolder(folder, "train a run first, or name a folder that holds runs");
    this.folder = folder;
  }

  /**
   * Its runs and imported models, the one that began last at the end.
   *
   * @param notice told in one line of each folder that is none, or is broken
   */
  public List<StoredRun> runs(Consumer<String> notice) {
    return readable(folders(notice), StoredRun::overview, leftOut(notice));
  }

  /**
   * Its runs and imported models, the one that began last at the end.
   *
   * @param broken told of each that is broken, and why in one line
   */
  public List<StoredRun> runsWithout(BiConsumer<Path, String> broken) {
    return readable(folders(passedOver -> {}), StoredRun::overview, broken);
  }

  private static BiConsumer<Path, String> leftOut(Consumer<String> notice) {
    return (folder, why) -> notice.accept("left out: " + why);
  }

  /**
   * The run that began last.
   *
   * @throws InvalidInputException if there is none
   */
  public Path latest() {
    List<Path> runs = folders(skipped -> {});
    if (runs.isEmpty()) {
      throw InvalidInputException.at(
          folder.toString(), "there is no run", "train one, or name a run directory");
    }
    return runs.get(runs.size() - 1);
  }

  /**
   * The runs that are meant where a report's user names folders: these, and of a folder that is no
   * run itself those that it holds.
   *
   * @param notice told in one line of each folder that is passed over
   * @throws InvalidInputException if one that is named neither is a run nor holds any, or is broken
   */
  static List<StoredRun> meant(List<Path> named, Consumer<String> notice) {
    List<StoredRun> runs = new ArrayList<>();
    for (Path path : named) {
      List<Path> inside =
          StoredRun.isRun(path) || !Files.isDirectory(path)
              ? List.of()
              : new RunFolder(path).folders(notice);
      if (inside.isEmpty()) {
        runs.add(StoredRun.read(path));
      } else {
        runs.addAll(readable(inside, StoredRun::read, leftOut(notice)));
      }
    }
    return runs;
  }

  private static List<StoredRun> readable(
      List<Path> folders, Function<Path, StoredRun> reader, BiConsumer<Path, String> broken) {
    List<StoredRun> runs = new ArrayList<>();
    for (Path path : folders) {
      try {
        runs.add(reader.apply(path));
      } catch (InvalidInputException e) {
        broken.accept(path, String.valueOf(e.getMessage()));
      }
    }
    return runs;
  }

  /** The folders of runs in it, in the order in which they began. */
  private List<Path> folders(Consumer<String> notice) {
    Map<Path, Instant> starts = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path entry : entries) {
        if (StoredRun.isRun(entry)) {
          starts.put(entry, start(entry));
        } else if (!entry.endsWith(TEXTS)) {
          notice.accept("left out: %s: no run; it has no %s".formatted(entry, Provenance.FILE));
        }
      }
    } catch (IOException e) {
      throw RunFailedException.reading(folder, e);
    }
    return starts.entrySet().stream()
        .sorted(Map.Entry.<Path, Instant>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A run that doesn't tell when it began comes before all others. */
  private static Instant start(Path run) {
    try {
      return Provenance.start(run);
    } catch (InvalidInputException e) {
      return Instant.MIN;
    }
  }
}
