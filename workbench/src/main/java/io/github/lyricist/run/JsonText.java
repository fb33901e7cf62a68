package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON as a text. */
public final class JsonText {
  private JsonText() {}

  /** Writes a value, or the fields of an object. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** A value on one line. */
  public static String of(Content value) {
    return text(value, new JsonFactory()::createGenerator);
  }

  /** An object on one line. */
  public static String object(Content fields) {
    return of(
        json -> {
          json.writeStartObject();
          fields.writeTo(json);
          json.writeEndObject();
        });
  }

  /** A value, to be read by people, too. */
  public static String indented(Content value) {
    return text(
        value,
        text ->
            new JsonFactory().createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter()));
  }

  @FunctionalInterface
  private interface Writing {
    JsonGenerator to(StringWriter text) throws IOException;
  }

  private static String text(Content value, Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = writing.to(text)) {
      value.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter never fails", e);
    }
    return text.toString();
  }
}
