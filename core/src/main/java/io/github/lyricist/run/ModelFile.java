package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code model.safetensors}: the weights by PyTorch's names, and in its metadata all that is needed
 * to generate with them.
 */
final class ModelFile {
  static final String FORMAT_VERSION = "1";

  private ModelFile() {}

  static void write(OutputStream out, ModelSpec spec, Vocabulary vocabulary, Parameters parameters)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "lyricist");
    metadata.put("format_version", FORMAT_VERSION);
    metadata.put("model", json(spec));
    metadata.put("vocabulary", vocabulary.characters());
    Safetensors.write(out, metadata, parameters);
  }

  /** What is wrong with a model spec in a file. */
  static final class BrokenSpecException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BrokenSpecException(String message) {
      super(message);
    }
  }

  /** The spec that {@link #json} wrote. */
  static ModelSpec spec(String json) throws BrokenSpecException {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        switch (parser.currentToken()) {
          case VALUE_NUMBER_INT -> fields.put(parser.currentName(), parser.getIntValue());
          case VALUE_NUMBER_FLOAT -> fields.put(parser.currentName(), parser.getDoubleValue());
          case VALUE_STRING -> fields.put(parser.currentName(), parser.getText());
          case VALUE_TRUE, VALUE_FALSE ->
              fields.put(parser.currentName(), parser.getBooleanValue());
          default -> {} // null stands for what is absent
        }
      }
      return new ModelSpec(
          Cell.valueOf(field(fields, "cell", String.class).toUpperCase(Locale.ROOT)),
          field(fields, "hidden", Integer.class),
          field(fields, "layers", Integer.class),
          fields.containsKey("embedding") ? field(fields, "embedding", Integer.class) : null,
          field(fields, "tieWeights", Boolean.class),
          field(fields, "dropout", Number.class).doubleValue(),
          field(fields, "recurrentBias", Boolean.class));
    } catch (IOException | IllegalArgumentException | InvalidInputException e) {
      throw new BrokenSpecException(String.valueOf(e.getMessage()));
    }
  }

  private static <F> F field(Map<String, Object> fields, String name, Class<F> type)
      throws BrokenSpecException {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new BrokenSpecException("'%s' is %s".formatted(name, value));
    }
    return type.cast(value);
  }

  private static String json(ModelSpec spec) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("cell", spec.cell().name().toLowerCase(Locale.ROOT));
      json.writeNumberField("hidden", spec.hidden());
      json.writeNumberField("layers", spec.layers());
      if (spec.embedding() == null) {
        json.writeNullField("embedding");
      } else {
        json.writeNumberField("embedding", spec.embedding());
      }
      json.writeBooleanField("tieWeights", spec.tieWeights());
      json.writeNumberField("dropout", spec.dropout());
      json.writeBooleanField("recurrentBias", spec.recurrentBias());
      json.writeEndObject();
    }
    return text.toString();
  }
}
