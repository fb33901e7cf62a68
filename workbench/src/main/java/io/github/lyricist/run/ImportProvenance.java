package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.Build;
import io.github.lyricist.run.Provenance.Status;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.json} of a model that was not trained here: where it was imported from.
 *
 * @param build the Lyricist that imported it
 * @param weights the file with its weights
 * @param vocabulary the file with its vocabulary, or null where its tokens are bytes
 * @param start when the import began
 * @param end when it ended
 */
public record ImportProvenance(
    Build build, Source weights, @Nullable Source vocabulary, Instant start, Instant end) {

  /**
   * A file that was imported.
   *
   * @param file as it was named
   * @param sha256 of its bytes, in hexadecimal
   */
  public record Source(String file, String sha256) {}

  void write(OutputStream out) throws IOException {
    JsonObject.write(out, this::writeFields);
  }

  private void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("version", build.version());
    json.writeStringField("commit", build.commit());
    json.writeObjectFieldStart("imported");
    write(json, "weights", weights);
    if (vocabulary != null) {
      write(json, "vocabulary", vocabulary);
    }
    json.writeEndObject();
    json.writeStringField("start", start.toString());
    json.writeStringField("end", end.toString());
    json.writeStringField("status", Status.FINISHED.name().toLowerCase(Locale.ROOT));
  }

  private static void write(JsonGenerator json, String name, Source source) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("file", source.file());
    json.writeStringField("sha256", source.sha256());
    json.writeEndObject();
  }
}
