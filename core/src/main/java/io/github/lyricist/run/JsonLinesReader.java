package io.github.lyricist.run;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code .jsonl} file. A last line without its end is one that is being written, or that
 * the end of a run cut off: it is left out.
 */
final class JsonLinesReader {
  private final Path file;

  JsonLinesReader(Path file) {
    this.file = file;
  }

  /**
   * One line.
   *
   * @param where its file and number, for error messages
   * @param values its values as texts, by key
   */
  record Line(String where, Map<String, @Nullable String> values) {
    /** The text of a key that must be there. */
    String text(String key) {
      String text = values.get(key);
      if (text == null) {
        throw broken("has no '" + key + "'");
      }
      return text;
    }

    /** The number of a key that must be there. */
    double number(String key) {
      String text = text(key);
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw broken("has no number '" + key + "'");
      }
    }

    /** The number of an epoch. */
    int epoch() {
      double epoch = number("epoch");
      if (epoch != (int) epoch || epoch < 1) {
        throw broken("has the epoch " + text("epoch") + ", which is no whole number above 0");
      }
      return (int) epoch;
    }

    InvalidInputException broken(String what) {
      return InvalidInputException.at(where, what, BoundedFile.WHAT_TO_DO);
    }
  }

  /**
   * The whole lines.
   *
   * @throws InvalidInputException if the file is absent, too large, or not JSON lines
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  List<Line> read() {
    byte[] bytes = BoundedFile.bytes(file, Limits.JSON_LINES_BYTES);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    FlatJson parser = new FlatJson();
    List<Line> lines = new ArrayList<>();
    for (String json : BoundedFile.text(file, bytes, end).lines().toList()) {
      String where = file + ":" + (lines.size() + 1);
      lines.add(new Line(where, parser.parse(where, json)));
    }
    return lines;
  }
}
