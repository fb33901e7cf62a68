package io.github.lyricist.run;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code .jsonl} file. A last line without its end is one that is being written, or that
 * the end of a run cut off: it is left out.
 */
public final class JsonLinesReader {
  private final Path file;

  public JsonLinesReader(Path file) {
    this.file = file;
  }

  /**
   * The whole lines.
   *
   * @throws io.github.lyricist.InvalidInputException if the file is absent, too large, or not JSON
   *     lines
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public List<JsonObject> read() {
    byte[] bytes = BoundedFile.bytes(file, Limits.JSON_LINES_BYTES, JsonObject.WHAT_TO_DO);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    List<JsonObject> lines = new ArrayList<>();
    String text = BoundedFile.text(file, bytes, end, JsonObject.WHAT_TO_DO);
    List<String> parts = List.of(text.split("\n", -1)); // the last is what follows the last line
    for (String json : parts.subList(0, parts.size() - 1)) {
      String where = file + ":" + (lines.size() + 1);
      lines.add(JsonObject.parse(where, json));
    }
    return lines;
  }
}
