package io.github.lyricist.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.corpus.UnknownText;
import io.github.lyricist.model.Evaluation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What {@code eval} and {@code generate} tell programs: one JSON object on one line each. */
public final class ResultJson {
  private ResultJson() {}

  /** How well a model predicts a text. */
  public static String of(Evaluation evaluation, EvaluationText text) {
    return line(
        json -> {
          json.writeStringField("source", text.corpus().source());
          json.writeStringField("text", text.part());
          json.writeFieldName("perplexity");
          if (Double.isFinite(evaluation.perplexity())) {
            json.writeNumber(evaluation.perplexity());
          } else {
            json.writeNull();
          }
          json.writeNumberField("bitsPerCharacter", evaluation.bitsPerCharacter());
          json.writeNumberField("characters", evaluation.predictions());
          UnknownText unknown = text.leftOut();
          json.writeNumberField("unknown", unknown == null ? 0 : unknown.count());
          json.writeNumberField("unknownShare", unknown == null ? 0 : unknown.share());
        });
  }

  /** One text that was written, without its prefix. */
  public static String of(String prefix, String text, long seed) {
    return line(
        json -> {
          json.writeStringField("prefix", prefix);
          json.writeStringField("text", text);
          json.writeNumberField("seed", seed);
        });
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private static String line(Fields fields) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into a string: it can't be
    }
    return out.toString();
  }
}
