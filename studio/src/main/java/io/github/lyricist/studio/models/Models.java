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
  private final Map<String, SharedModel> open = new LinkedHashMap<>(16, 0.75f, true);

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
    SharedModel shared = shared(id);
    OpenModel model = shared.take();
    try {
      user.use(model);
    } finally {
      shared.release();
      forgetUnused();
    }
  }

  private synchronized SharedModel shared(String id) {
    Path run = run(id);
    FileTime written = written(run);
    SharedModel shared = open.get(id);
    if (shared != null && shared.isOf(written)) {
      return shared;
    }
    if (shared != null) {
      shared.forget();
    }
    SharedModel fresh = new SharedModel(() -> opened(id, run), written);
    open.put(id, fresh);
    return fresh;
  }

  private OpenModel opened(String id, Path run) {
    try {
      return opener.apply(id, run);
    } catch (InvalidInputException e) {
      throw new Refusal(404, String.valueOf(e.getMessage()), "model", "model_not_found");
    }
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

  private synchronized void forgetUnused() {
    int left = open.size();
    for (Map.Entry<String, SharedModel> each : List.copyOf(open.entrySet())) { // oldest use first
      if (left > Limits.OPEN_MODELS && each.getValue().isUnused()) {
        open.remove(each.getKey());
        each.getValue().forget();
        left--;
      }
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(SharedModel::forget);
    open.clear();
  }
}
