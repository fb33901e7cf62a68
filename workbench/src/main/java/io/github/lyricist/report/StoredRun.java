package io.github.lyricist.report;

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
record StoredRun(
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
  static StoredRun read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw InvalidInputException.at(
          folder.toString(), "there is no such folder", "name a run directory, as in runs/");
    }
    if (Files.notExists(folder.resolve(Provenance.FILE))) {
      throw InvalidInputException.at(
          folder.toString(),
          "no run directory: it has no " + Provenance.FILE,
          "name a folder that 'run' has made, as in runs/");
    }
    return new StoredRun(
        folder,
        Provenance.read(folder),
        ConfigKeys.read(folder.resolve(RunDirectory.CONFIG)),
        Metrics.read(folder),
        Previews.read(folder));
  }

  /** The name that its config gives, or that of its folder. */
  String name() {
    return config.getOrDefault("name", folderName());
  }

  /** The last part of its path. */
  String folderName() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** How it ended; one that is said to run may also have been killed. */
  String status() {
    String status = provenance.get("status");
    if (status == null) {
      return "unknown";
    }
    return status.equals("running") ? "running, or was killed" : status;
  }

  Set<Integer> previewEpochs() {
    return previews.stream().map(Preview::epoch).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The last epoch, or null if there is none yet. */
  @Nullable EpochResult last() {
    return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
  }

  /** The epoch that did best on the text held out, or null if none was measured. */
  @Nullable EpochResult bestByValidation() {
    return epochs.stream()
        .filter(epoch -> epoch.validationPerplexity() != null)
        .min(Comparator.comparing(EpochResult::validationPerplexity))
        .orElse(null);
  }
}
