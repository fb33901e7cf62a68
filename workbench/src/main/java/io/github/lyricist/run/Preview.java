package io.github.lyricist.run;

import io.github.lyricist.InvalidInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * A text that a run wrote while it learned.
 *
 * @param epoch after which epoch, from 1
 * @param prefix what it was given to go on from
 * @param text what it wrote after the prefix
 */
public record Preview(int epoch, String prefix, String text) {
  static final String FILE = "previews.jsonl";

  /**
   * The previews of a run, in the order they were written.
   *
   * @throws InvalidInputException if there are none to read, or they are broken
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static List<Preview> read(Path runDirectory) {
    return new JsonLinesReader(runDirectory.resolve(FILE))
        .read().stream()
            .map(
                line ->
                    new Preview(line.integer("epoch", 1), line.text("prefix"), line.text("text")))
            .toList();
  }
}
