package io.github.lyricist.studio.models;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.report.RunFolder;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.SavedModel;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models of a folder of runs. One is opened when it is first asked for, and closed when others
 * are used more and nobody uses it.
 */
public final class Models implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[^./\\\\][^/\\\\]*");

  private final Path folder;
  private final BiFunction<String, Path, OpenModel> opener;
  private final Map<String, Entry> open = new LinkedHashMap<>(16, 0.75f, true);

  /** A model, and by how many it is used now. */
  private static final class Entry {
    final OpenModel model;
    final FileTime written; // a run that trains replaces its model
    int users;
    boolean isForgotten;

    Entry(OpenModel model, FileTime written) {
      this.model = model;
      this.written = written;
    }
  }

  /**
   * A run of the folder.
   *
   * @param id the name of its folder
   * @param run what it tells, or null where it is broken
   * @param problem why it can't be used, or null
   */
  public record Found(String id, @Nullable StoredRun run, @Nullable String problem) {}

  /**
   * Of a folder.
   *
   * @param opener loads a model, by its id and its run's folder
   */
  public Models(Path folder, BiFunction<String, Path, OpenModel> opener) {
    this.folder = folder;
    this.opener = opener;
  }

  /** All runs, the newest first, and then those that are broken. */
  public List<Found> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Found> broken = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (StoredRun run :
        new RunFolder(folder)
            .runsWithout(
                (path, why) -> broken.add(new Found(path.getFileName().toString(), null, why)))) {
      String problem = hasModel(run.folder()) ? null : "it has no model yet";
      found.add(0, new Found(run.folderName(), run, problem));
    }
    found.addAll(broken);
    return found;
  }

  /** The runs that have a model, the newest first. */
  public List<StoredRun> runs() {
    return all().stream()
        .filter(each -> each.problem() == null)
        .map(Found::run)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private static boolean hasModel(Path run) {
    return Files.isRegularFile(run.resolve(SavedModel.FILE));
  }

  /** What is done with a model. */
  @FunctionalInterface
  public interface User {
    /**
     * Does it.
     *
     * @throws IOException if nobody waits for it any more
     */
    void use(OpenModel model) throws IOException;
  }

  /**
   * Uses a model.
   *
   * @param id the name of its run's folder
   * @throws Refusal if there is none
   * @throws IOException where the user does
   */
  public void use(String id, User user) throws IOException {
    Entry entry = acquire(id);
    try {
      user.use(entry.model);
    } finally {
      release(entry);
    }
  }

  private synchronized Entry acquire(String id) {
    Path run = run(id);
    FileTime written = written(run);
    Entry entry = open.get(id);
    if (entry != null && !entry.written.equals(written)) {
      forget(id, entry);
      entry = null;
    }
    if (entry == null) {
      try {
        entry = new Entry(opener.apply(id, run), written);
      } catch (InvalidInputException e) {
        throw new Refusal(404, String.valueOf(e.getMessage()), "model", "model_not_found");
      }
      open.put(id, entry);
    }
    entry.users++;
    closeUnused();
    return entry;
  }

  private Path run(String id) {
    Path run = folder(id);
    if (!hasModel(run)) {
      throw missing("there is no model in '%s'".formatted(Excerpt.of(id)));
    }
    return run;
  }

  /** What the run of a model tells. */
  public StoredRun stored(String id) {
    return StoredRun.overview(run(id));
  }

  /**
   * The folder of a run, which is in this folder and nowhere else.
   *
   * @throws Refusal if there is none
   */
  public Path folder(String id) {
    try {
      Path run = folder.resolve(id);
      if (NAME.matcher(id).matches() && Files.isDirectory(run)) {
        return run;
      }
    } catch (InvalidPathException e) {
      // Then there is none.
    }
    throw missing("there is no model '%s' here".formatted(Excerpt.of(id)));
  }

  private static Refusal missing(String message) {
    return new Refusal(404, message, "model", "model_not_found");
  }

  private static FileTime written(Path run) {
    try {
      return Files.getLastModifiedTime(run.resolve(SavedModel.FILE));
    } catch (IOException e) {
      throw RunFailedException.reading(run, e);
    }
  }

  private void forget(String id, Entry entry) {
    open.remove(id);
    entry.isForgotten = true;
    if (entry.users == 0) {
      entry.model.close();
    }
  }

  private synchronized void release(Entry entry) {
    entry.users--;
    if (entry.isForgotten && entry.users == 0) {
      entry.model.close();
    }
    closeUnused();
  }

  private void closeUnused() {
    int left = open.size();
    for (Map.Entry<String, Entry> each : List.copyOf(open.entrySet())) { // used longest ago first
      if (left > Limits.OPEN_MODELS && each.getValue().users == 0) {
        forget(each.getKey(), each.getValue());
        left--;
      }
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(entry -> entry.model.close());
    open.clear();
  }
}
