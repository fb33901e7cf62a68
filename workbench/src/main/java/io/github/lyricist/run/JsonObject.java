package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that someone hands us. Whatever is wrong with it is an {@link
 * InvalidInputException}.
 *
 * @param where the file, or the file and line, for error messages
 * @param whatToDo about it, likewise
 * @param values their texts in their order, by dotted key, such as {@code corpus.source}; null
 *     stays null
 */
public record JsonObject(String where, String whatToDo, Map<String, @Nullable String> values) {
  static final String WHAT_TO_DO = "name a run directory that is whole";

  /** Writes one object, indented, to a stream that stays open. */
  static void write(OutputStream out, JsonText.Content fields) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    }
    out.write('\n');
  }

  /** Reads one object of a run, and nothing after it. */
  static JsonObject parse(String where, String json) {
    return parse(where, WHAT_TO_DO, json);
  }

  /** Reads one object and nothing after it. */
  public static JsonObject parse(String where, String whatToDo, String json) {
    JsonObject object = new JsonObject(where, whatToDo, new LinkedHashMap<>());
    try (JsonParser parser = factory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw object.broken("no JSON object");
      }
      while (parser.nextToken() != null && !parser.getParsingContext().inRoot()) {
        if (parser.currentToken().isScalarValue()) {
          object.values.put(key(parser), parser.getValueAsString());
        }
      }
      if (parser.nextToken() != null) {
        throw object.broken("something follows the JSON object");
      }
      return object;
    } catch (JsonProcessingException e) {
      throw object.broken("not JSON: " + Excerpt.of(reason(e)));
    } catch (IOException e) {
      throw object.broken("not JSON: " + Excerpt.of(String.valueOf(e.getMessage())));
    }
  }

  /** In one line, without what Jackson says of its own settings. */
  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    return message.replaceFirst("(: was expecting| \\(start marker at ).*", "");
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(Limits.JSON_DEPTH)
                .maxNameLength(Limits.JSON_NAME_CHARACTERS)
                .build())
        .build();
  }

  private static String key(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.');
  }

  /** Whether the key is there, with null for its value. */
  boolean isNull(String key) {
    return values.containsKey(key) && values.get(key) == null;
  }

  /** The text of a key that must be there. */
  public String text(String key) {
    String text = values.get(key);
    if (text == null) {
      throw broken("has no '" + key + "'");
    }
    return text;
  }

  /** The number of a key that must be there; it may be infinite, as a loss may. */
  double number(String key) {
    try {
      return Double.parseDouble(text(key));
    } catch (NumberFormatException e) {
      throw broken("has no number '" + key + "'");
    }
  }

  /** The same, where nothing could come of an infinite one. */
  public double finiteNumber(String key) {
    double number = number(key);
    if (!Double.isFinite(number)) {
      throw broken("has '%s' %s, not a finite number".formatted(key, number));
    }
    return number;
  }

  /** The whole number of a key that must be there, {@code least} or more. */
  public long wholeNumber(String key, long least) {
    try {
      long number = Long.parseLong(text(key));
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As wrong as one that is too small.
    }
    throw broken(
        "has '%s' %s, not a whole number from %d up".formatted(key, Excerpt.of(text(key)), least));
  }

  /** The same, where an {@code int} holds it. */
  public int integer(String key, int least) {
    long number = wholeNumber(key, least);
    if (number > Integer.MAX_VALUE) {
      throw broken("has '%s' %d, which is too large".formatted(key, number));
    }
    return (int) number;
  }

  /** The truth value of a key that must be there. */
  boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw broken("has no truth value '" + key + "'");
    };
  }

  /** An error that says what is wrong with it. */
  public InvalidInputException broken(String what) {
    return InvalidInputException.at(where, what, whatToDo);
  }
}
