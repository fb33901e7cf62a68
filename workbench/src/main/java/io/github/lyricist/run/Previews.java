package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.training.Preview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code previews.jsonl}: the texts that a run wrote while it learned, one on each line. */
public final class Previews {
  static final String FILE = "previews.jsonl";

  private Previews() {}

  /** The fields of a line. */
  public static void writeFields(JsonGenerator json, Preview preview) throws IOException {
    json.writeNumberField("epoch", preview.epoch());
    json.writeStringField("prefix", preview.prefix());
    json.writeStringField("text", preview.text());
  }

  /**
   * The previews of a run, in the order they were written.
   *
   * @throws io.github.lyricist.InvalidInputException if there are none to read, or they are broken
   * @throws io.github.lyricist.RunFailedException if reading fails
   */
  public static List<Preview> read(Path runDirectory) {
    List<Preview> previews = new ArrayList<>();
    int last = 0;
    for (JsonObject line : new JsonLinesReader(runDirectory.resolve(FILE)).read()) {
      Preview preview =
          new Preview(line.integer("epoch", 1), line.text("prefix"), line.text("text"));
      if (preview.epoch() < last) {
        throw line.broken("has epoch %d after epoch %d".formatted(preview.epoch(), last));
      }
      last = preview.epoch();
      previews.add(preview);
    }
    return previews;
  }
}
