package io.github.lyricist.report;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.config.ConfigKeys;
import io.github.lyricist.run.Metrics;
import io.github.lyricist.run.Previews;
import io.github.lyricist.run.Provenance;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.EpochResult;
import io.github.lyricist.training.Preview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run directory tells: of a run that ended, of one that is still running, of one that was
 * killed.
 *
 * @param folder as the user named it
 * @param provenance by dotted key
 * @param config by dotted key
 * @param epochs ascending
 * @param previews as written
 */
public record StoredRun(
    Path folder,
    Map<String, @Nullable String> provenance,
    Map<String, String> config,
    List<EpochResult> epochs,
    List<Preview> previews) {

  /**
   * Reads a run directory.
   *
   * @throws InvalidInputException if it is none, or one of its files is broken
   */
  public static StoredRun read(Path folder) {
    requireRun(folder);
    Map<String, @Nullable String> provenance = Provenance.read(folder);
    if (isImported(provenance)) {
      RunDirectory.requireRun(folder);
    }
    return new StoredRun(
        folder,
        provenance,
        ConfigKeys.read(folder.resolve(RunDirectory.CONFIG)),
        Metrics.read(folder),
        Previews.read(folder));
  }

  /**
   * The same without the previews; and of a model that was imported, which was not trained here and
   * so has nothing but a provenance.
   *
   * @throws InvalidInputException if it is no run directory, or one of its files is broken
   */
  public static StoredRun overview(Path folder) {
    requireRun(folder);
    Map<String, @Nullable String> provenance = Provenance.read(folder);
    boolean imported = isImported(provenance);
    return new StoredRun(
        folder,
        provenance,
        imported ? Map.of() : ConfigKeys.read(folder.resolve(RunDirectory.CONFIG)),
        imported ? List.of() : Metrics.read(folder),
        List.of());
  }

  private static void requireRun(Path folder) {
    BoundedFile.requireFolder(folder, "name a run directory, as in runs/");
    if (!isRun(folder)) {
      throw InvalidInputException.at(
          folder.toString(),
          "no run directory: it has no " + Provenance.FILE,
          "name a folder that 'run' has made, as in runs/");
    }
  }

  /** Whether a folder is one that a run or an import left behind. */
  static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(Provenance.FILE));
  }

  /** Whether the model was trained elsewhere. */
  public boolean isImported() {
    return isImported(provenance);
  }

  private static boolean isImported(Map<String, @Nullable String> provenance) {
    return provenance.containsKey("imported.weights.file");
  }

  /** The name that its config gives, or that of its folder. */
  public String name() {
    return config.getOrDefault("name", folderName());
  }

  /** The last part of its path. */
  public String folderName() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** How it ended; one that is said to run may also have been killed. */
  public String status() {
    String status = provenance.get("status");
    if (status == null) {
      return "unknown";
    }
    return status.equals("running") ? "running, or was killed" : status;
  }

  /** When it began, or null where that is not told. */
  public @Nullable Instant start() {
    String start = provenance.get("start");
    try {
      return start == null ? null : Instant.parse(start);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** How many epochs are done. */
  public int epochsDone() {
    EpochResult last = last();
    return last == null ? 0 : last.epoch();
  }

  /** How many epochs there are to be in all, as its config says. */
  public String epochsInAll() {
    return config.getOrDefault("training.epochs", "?");
  }

  /** The time of all its steps. */
  public double seconds() {
    return epochs.stream().mapToDouble(EpochResult::seconds).sum();
  }

  Set<Integer> previewEpochs() {
    return previews.stream().map(Preview::epoch).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The last epoch, or null if there is none yet. */
  public @Nullable EpochResult last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /** The epoch that did best on the text held out, or null if none was measured. */
  public @Nullable EpochResult bestByValidation() {
    return epochs.stream()
        .filter(epoch -> epoch.validationPerplexity() != null)
        .min(Comparator.comparing(EpochResult::validationPerplexity))
        .orElse(null);
  }
}
