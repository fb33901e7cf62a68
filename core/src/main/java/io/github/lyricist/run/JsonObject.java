package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plain values of a JSON object, by key. What lies deeper is passed over. */
final class JsonObject {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, @Nullable Object> values = new HashMap<>();

  private JsonObject() {}

  /**
   * Reads one object and nothing after it.
   *
   * @throws IOException saying what is wrong with it
   */
  static JsonObject parse(String json) throws IOException {
    JsonObject object = new JsonObject();
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        JsonToken token = parser.nextToken();
        parser.skipChildren();
        object.values.put(key, value(parser, token));
      }
      if (parser.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
    }
    return object;
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      default -> null;
    };
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  boolean isNull(String key) {
    return values.get(key) == null;
  }

  String text(String key) throws IOException {
    return value(key, String.class);
  }

  boolean flag(String key) throws IOException {
    return value(key, Boolean.class);
  }

  double number(String key) throws IOException {
    return value(key, Number.class).doubleValue();
  }

  int integer(String key) throws IOException {
    return value(key, Integer.class);
  }

  long wholeNumber(String key) throws IOException {
    return values.get(key) instanceof Integer number ? number : value(key, Long.class);
  }

  private <T> T value(String key, Class<T> type) throws IOException {
    Object value = values.get(key);
    if (!type.isInstance(value)) {
      throw new IOException(
          "'%s' is %s, expected a %s".formatted(key, value, type.getSimpleName()));
    }
    return type.cast(value);
  }
}
