package io.github.lyricist.config.yaml;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and scalars as YAML, which {@link YamlReader} reads back as the same. */
public final class YamlWriter {
  private final YAMLGenerator yaml;

  private YamlWriter(YAMLGenerator yaml) {
    this.yaml = yaml;
  }

  /**
   * The tree as a document, one key a line.
   *
   * @param tree its values are maps, lists, strings, booleans, numbers and null
   */
  public static String write(Map<String, @Nullable Object> tree) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    StringWriter text = new StringWriter();
    try (YAMLGenerator yaml = factory.createGenerator(text)) {
      new YamlWriter(yaml).value(tree);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string can't fail", e);
    }
    return text.toString();
  }

  private void value(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      yaml.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        yaml.writeFieldName(entry.getKey().toString());
        value(entry.getValue());
      }
      yaml.writeEndObject();
    } else if (value instanceof List<?> list) {
      yaml.writeStartArray();
      for (Object item : list) {
        value(item);
      }
      yaml.writeEndArray();
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Boolean flag) {
      yaml.writeBoolean(flag);
    } else if (value instanceof Number number) {
      yaml.writeNumber(number.toString());
    } else {
      yaml.writeNull();
    }
  }

  /** Quotes what would be read as something else; of YAML's own signs, Jackson takes care. */
  private void text(String text) throws IOException {
    boolean plain =
        ScalarKind.ofPlain(text) == ScalarKind.TEXT
            && text.codePoints().allMatch(c -> c >= ' ' && YamlReader.isPrintable(c));
    yaml.configure(Feature.MINIMIZE_QUOTES, plain);
    yaml.writeString(text);
  }
}
