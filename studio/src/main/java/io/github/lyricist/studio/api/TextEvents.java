package io.github.lyricist.studio.api;

import io.github.lyricist.generation.Search;
import io.github.lyricist.generation.Written;
import io.github.lyricist.studio.http.Stream;
import io.github.lyricist.studio.models.OpenModel;
import java.util.Map;

/** Tells of texts as they are written. */
final class TextEvents implements Search.Reader {
  private static final long BETWEEN_EVENTS_NANOS = 100_000_000;

  private final Stream stream;
  private final OpenModel model;
  private final boolean hasLines;
  private long last = System.nanoTime();

  /**
   * @param hasLines whether the texts have a form, whose lines end in what the model knows as an
   *     end
   */
  TextEvents(Stream stream, OpenModel model, boolean hasLines) {
    this.stream = stream;
    this.model = model;
    this.hasLines = hasLines;
  }

  @Override
  public void read(int text, String more) {
    stream.event(
        json -> {
          json.writeNumberField("text", text);
          json.writeStringField("more", shown(more));
        });
  }

  @Override
  public void searched(int text, int steps) {
    long now = System.nanoTime();
    if (now - last >= BETWEEN_EVENTS_NANOS) {
      last = now;
      stream.event(
          json -> {
            json.writeNumberField("text", text);
            json.writeNumberField("searched", steps);
          });
    }
  }

  @Override
  public void done(int text, Written written) {
    stream.event(
        json -> {
          json.writeNumberField("text", text);
          json.writeObjectFieldStart("done");
          json.writeStringField("text", shown(written.text()));
          json.writeBooleanField("isStopped", written.isStopped());
          if (!written.tokens().isEmpty()) {
            json.writeNumberField("logProbability", written.logProbability());
          }
          json.writeObjectFieldStart("refused");
          for (Map.Entry<String, Double> share : written.refused().entrySet()) {
            json.writeNumberField(share.getKey(), share.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  void failed(RuntimeException failure) {
    stream.event(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("message", Wishes.message(failure));
          json.writeEndObject();
        });
  }

  private String shown(String text) {
    return hasLines ? model.writer().inLines(text) : text;
  }
}
