package io.github.lyricist.report;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.run.SavedModel;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run is, at a glance.
 *
 * @param run its config, epochs and provenance
 * @param model its architecture
 * @param tokens the kind of its tokenizer, such as {@code character}
 * @param vocabulary V, how many of them it knows
 * @param bytes the sizes of its files, by name
 */
public record RunCard(
    StoredRun run, ModelSpec model, String tokens, int vocabulary, Map<String, Long> bytes) {

  /**
   * Reads a run directory, or that of an imported model.
   *
   * @throws InvalidInputException if it is none, or broken
   * @throws RunFailedException if reading fails
   */
  public static RunCard read(Path folder) {
    StoredRun run = StoredRun.overview(folder);
    SavedModel model = SavedModel.open(folder);
    return new RunCard(
        run, model.spec(), model.tokenizer().kind(), model.tokenizer().size(), sizes(folder));
  }

  private static Map<String, Long> sizes(Path folder) {
    Map<String, Long> sizes = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".")) {
          sizes.put(name, Files.size(file));
        }
      }
    } catch (IOException e) {
      throw RunFailedException.reading(folder, e);
    }
    return sizes;
  }

  /** How many numbers training changes. */
  public long parameters() {
    return model.shapes(vocabulary).entrySet().stream()
        .filter(entry -> model.isTrained(entry.getKey()))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  /** The sizes of all its files together. */
  public long bytesInAll() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
