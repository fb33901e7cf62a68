package io.github.lyricist.studio.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.lyricist.Limits;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.JsonText;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that a request has as its body, field by field. */
public final class Body {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.JSON_DEPTH)
                  .maxNameLength(Limits.JSON_NAME_CHARACTERS)
                  .build())
          .build();

  private final Map<String, @Nullable Object> fields;

  private Body(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * Parses one.
   *
   * @throws Refusal if it is no JSON object
   */
  static Body parse(byte... json) {
    try (JsonParser parser = JSON.createParser(json)) {
      int[] left = {Limits.REQUEST_VALUES};
      Object value = parser.nextToken() == JsonToken.START_OBJECT ? value(parser, left) : null;
      if (value == null || parser.nextToken() != null) {
        throw new Refusal(400, "the body is not one JSON object", null, null);
      }
      @SuppressWarnings("unchecked") // an object is such a map
      Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) value;
      return new Body(fields);
    } catch (JsonParseException e) {
      String where =
          "line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new Refusal(400, "the body is not JSON, at " + where, null, null);
    } catch (IOException e) {
      throw new Refusal(
          400, "the body is not JSON that can be read: too deep, or cut off", null, null);
    }
  }

  /**
   * A value.
   *
   * @param left {@code int[1]}: how many values there may still be
   */
  private static @Nullable Object value(JsonParser json, int... left) throws IOException {
    if (left[0]-- == 0) {
      throw new Refusal(
          413, "the body has more than %,d values".formatted(Limits.REQUEST_VALUES), null, null);
    }
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, value(json, left));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(json, left));
        }
        yield array;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT ->
          json.getNumberValue() instanceof BigInteger big ? big.doubleValue() : json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** Whether a field is there, and not null. */
  public boolean has(String name) {
    return fields.get(name) != null;
  }

  /** A text; null where there is none. */
  public @Nullable String text(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof String)) {
      throw Refusal.of(name, "found " + kind(value), "a string");
    }
    return (String) value;
  }

  /**
   * A text.
   *
   * @throws Refusal if there is none
   */
  public String required(String name) {
    String text = text(name);
    if (text == null) {
      throw Refusal.of(name, "it is missing", "a string");
    }
    return text;
  }

  /** A text. */
  public String text(String name, String usual) {
    String text = text(name);
    return text == null ? usual : text;
  }

  /** A string, or a list of strings; empty where there is none. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object each : list(name)) {
      if (!(each instanceof String text)) {
        throw Refusal.of(name, "found " + kind(each), "a string, or a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Texts of which some may be null; empty where there are none. */
  public List<String> textsOrEmpty(String name) {
    List<String> texts = new ArrayList<>();
    for (Object each : list(name)) {
      if (each != null && !(each instanceof String)) {
        throw Refusal.of(name, "found " + kind(each), "strings and nulls");
      }
      texts.add(each == null ? "" : (String) each);
    }
    return texts;
  }

  private List<?> list(String name) {
    Object value = fields.get(name);
    if (value instanceof List<?> list) {
      return list;
    }
    return value == null ? List.of() : List.of(value);
  }

  /** The fields of an object, each as JSON; empty where there is none. */
  public Map<String, String> object(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof Map)) {
      throw Refusal.of(name, "found " + kind(value), "an object");
    }
    Map<String, String> json = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> object) {
      object.forEach((key, each) -> json.put((String) key, JsonText.of(out -> write(out, each))));
    }
    return json;
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> each : object.entrySet()) {
        json.writeFieldName((String) each.getKey());
        write(json, each.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object each : list) {
        write(json, each);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value);
    }
  }

  /** A number; null where there is none. */
  public @Nullable Double number(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof Number)) {
      throw Refusal.of(name, "found " + kind(value), "a number");
    }
    return value == null ? null : ((Number) value).doubleValue();
  }

  /** A number. */
  public double number(String name, double usual) {
    Double value = number(name);
    return value == null ? usual : value;
  }

  /** Whole numbers in a range; empty where there are none. */
  public List<Integer> integers(String name, int least, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (Object each : list(name)) {
      if (!(each instanceof Number number) || !isWhole(number.doubleValue(), least, most)) {
        throw Refusal.of(
            name, "found " + kind(each), "whole numbers from %,d to %,d".formatted(least, most));
      }
      numbers.add(number.intValue());
    }
    return numbers;
  }

  private static boolean isWhole(double number, double least, double most) {
    return number == Math.rint(number) && number >= least && number <= most;
  }

  /** A whole number in a range; null where there is none. */
  public @Nullable Integer integer(String name, int least, int most) {
    return has(name) ? Integer.valueOf(integer(name, 0, least, most)) : null;
  }

  /** A whole number in a range. */
  public int integer(String name, int usual, int least, int most) {
    return (int) whole(name, usual, least, most);
  }

  /** The same of a larger range. */
  long whole(String name, long usual, long least, long most) {
    Double value = number(name);
    if (value == null) {
      return usual;
    }
    if (!isWhole(value, (double) least, (double) most)) {
      throw Refusal.of(
          name,
          "found " + kind(fields.get(name)),
          "a whole number from %,d to %,d".formatted(least, most));
    }
    return fields.get(name) instanceof Long exact ? exact : value.longValue();
  }

  /** The seed of what is written; where none is given, any. */
  public long seed() {
    return has("seed") ? whole("seed", 0, Long.MIN_VALUE, Long.MAX_VALUE) : RandomStreams.anySeed();
  }

  /** Yes or no; no where there is none. */
  public boolean flag(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof Boolean)) {
      throw Refusal.of(name, "found " + kind(value), "true or false");
    }
    return Boolean.TRUE.equals(value);
  }

  private static String kind(@Nullable Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof String ? "a string" : String.valueOf(value);
  }
}
