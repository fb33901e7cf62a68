package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that someone hands us, as dotted keys and the texts of its values. */
final class FlatJson {
  private final JsonFactory factory =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.JSON_DEPTH)
                  .maxNameLength(Limits.JSON_NAME_CHARACTERS)
                  .build())
          .build();

  /**
   * The values in their order, such as {@code corpus.source}; null stays null.
   *
   * @param where the file, or the file and line, for error messages
   * @throws InvalidInputException if this is not one JSON object
   */
  Map<String, @Nullable String> parse(String where, String json) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw broken(where, "no JSON object");
      }
      while (parser.nextToken() != null && !parser.getParsingContext().inRoot()) {
        if (parser.currentToken().isScalarValue()) {
          values.put(key(parser), parser.getValueAsString());
        }
      }
      if (parser.nextToken() != null) {
        throw broken(where, "something follows the JSON object");
      }
      return values;
    } catch (JsonProcessingException e) {
      throw broken(where, "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw broken(where, "not JSON: " + e.getMessage());
    }
  }

  private static String key(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
  }

  private static InvalidInputException broken(String where, String what) {
    return InvalidInputException.at(where, what, BoundedFile.WHAT_TO_DO);
  }
}
