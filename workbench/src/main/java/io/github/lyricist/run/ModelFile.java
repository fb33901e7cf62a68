package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.tokens.Excerpt;
import io.github.lyricist.tokens.Tokenizer;
import io.github.lyricist.tokens.WordTokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code model.safetensors}: the weights by PyTorch's names, and in its metadata all that is needed
 * to generate with them.
 */
final class ModelFile {
  /** The version that is written. */
  static final String FORMAT_VERSION = "2";

  /** The versions that are read; 1 names no tokenizer, since all were of characters. */
  static final List<String> READABLE_VERSIONS = List.of("1", FORMAT_VERSION);

  /** In the metadata, the kind of the tokenizer; where it has JSON, a tensor with that. */
  static final String TOKENIZER = "tokenizer";

  /** In the metadata: the characters, where those are the tokens. */
  static final String VOCABULARY = "vocabulary";

  /** In the metadata, where there is a token for what is unknown: its text. */
  static final String UNKNOWN = "unknown";

  private ModelFile() {}

  static void write(OutputStream out, ModelSpec spec, Tokenizer tokenizer, Parameters parameters)
      throws IOException {
    Safetensors.write(out, metadata(spec, tokenizer), parameters, tensors(tokenizer));
  }

  static Map<String, String> metadata(ModelSpec spec, Tokenizer tokenizer) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "lyricist");
    metadata.put("format_version", FORMAT_VERSION);
    metadata.put("model", JsonText.object(json -> writeFields(json, spec)));
    metadata.put(TOKENIZER, tokenizer.kind());
    if (!TokenizerJson.has(tokenizer)) {
      metadata.put(VOCABULARY, tokenizer.content());
    }
    if (tokenizer.unknownId().isPresent()) {
      metadata.put(UNKNOWN, WordTokenizer.UNKNOWN);
    }
    return metadata;
  }

  /** What of a tokenizer is no metadata, so that those stay short. */
  static Map<String, byte[]> tensors(Tokenizer tokenizer) {
    return TokenizerJson.has(tokenizer)
        ? Map.of(TOKENIZER, TokenizerJson.of(tokenizer).getBytes(UTF_8))
        : Map.of();
  }

  /**
   * The spec that {@link #writeFields} wrote.
   *
   * @param where the file, for error messages
   * @throws InvalidInputException if it is none
   */
  static ModelSpec spec(String where, String json) {
    JsonObject fields = JsonObject.parse(where + ": its metadata 'model'", json);
    try {
      return new ModelSpec(
          cell(fields),
          fields.integer("hidden", 1),
          fields.integer("layers", 1),
          fields.isNull("embedding") ? null : fields.integer("embedding", 1),
          fields.flag("tieWeights"),
          fields.number("dropout"),
          fields.flag("recurrentBias"));
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> fields.where());
    }
  }

  private static Cell cell(JsonObject fields) {
    String name = fields.text("cell");
    return Cell.called(name)
        .orElseThrow(() -> fields.broken("has an unknown cell '" + Excerpt.of(name) + "'"));
  }

  private static void writeFields(JsonGenerator json, ModelSpec spec) throws IOException {
    json.writeStringField("cell", spec.cell().name());
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
  }
}
