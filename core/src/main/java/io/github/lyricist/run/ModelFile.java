package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.corpus.Vocabulary;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code model.safetensors}: the weights by PyTorch's names, and in its metadata all that is needed
 * to generate with them.
 */
final class ModelFile {
  private static final String FORMAT_VERSION = "1";

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
