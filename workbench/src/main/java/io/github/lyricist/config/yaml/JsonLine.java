package io.github.lyricist.config.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

/** A node on one line, as JSON, which as YAML is the same again. */
public final class JsonLine {
  private JsonLine() {}

  /**
   * The node as JSON: {@code 0.0003}, {@code "gru"}, {@code {"type":"sgd"}}.
   *
   * @throws NumberFormatException if there is a number in it that is infinite, or none at all
   */
  public static String of(Node node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, node);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string can't fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Node node) throws IOException {
    if (node instanceof Mapping mapping) {
      json.writeStartObject();
      for (Map.Entry<String, Mapping.Entry> entry : mapping.entries().entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue().value());
      }
      json.writeEndObject();
    } else if (node instanceof Sequence sequence) {
      json.writeStartArray();
      for (Node item : sequence.items()) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (node instanceof Scalar scalar) {
      write(json, scalar);
    }
  }

  /** The number in as few digits as tell it from others: {@code 0.0003}, {@code 1E-9}. */
  public static String of(double number) {
    return decimal(number).toString();
  }

  private static BigDecimal decimal(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros();
  }

  private static void write(JsonGenerator json, Scalar scalar) throws IOException {
    switch (scalar.kind()) {
      case NULL -> json.writeNull();
      case FLAG -> json.writeBoolean(Boolean.parseBoolean(scalar.text()));
      case INTEGER -> json.writeNumber(scalar.wholeNumber());
      case NUMBER -> json.writeNumber(decimal(scalar.number()));
      case TEXT -> json.writeString(scalar.text());
    }
  }
}
