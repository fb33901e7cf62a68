package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.lyricist.Limits;
import io.github.lyricist.model.Shape;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked: a JSON object without duplicate keys, whose tensors
 * fill the data exactly, without a gap or an overlap, each as large as its shape says.
 *
 * @param metadata texts
 * @param tensors by name
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Tensor> tensors) {
  private static final String METADATA = "__metadata__";
  private static final int MOST_DIMENSIONS = 8;

  /** Types that a file may have beside the weights, such as a counter's, and their bytes. */
  private static final Map<String, Integer> OTHER_TYPES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("I64", 8),
          Map.entry("U64", 8));

  /**
   * Where a tensor lies.
   *
   * @param type of its numbers; null for one of those that are not read
   * @param begin its first byte, counted from the end of the header
   * @param end the first byte after it
   */
  record Tensor(@Nullable NumberType type, Shape shape, long begin, long end) {}

  /** What is wrong with a header, in words that fit after the name of the file. */
  static final class BrokenException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /**
   * @param json the header's bytes
   * @param dataBytes how many bytes follow it
   */
  static SafetensorsHeader parse(byte[] json, long dataBytes) throws BrokenException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = factory.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "its header is no JSON object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(METADATA) && value == JsonToken.VALUE_NULL) {
          continue; // as some programs write it that have none
        }
        require(value == JsonToken.START_OBJECT, "'" + Excerpt.of(name) + "' is no JSON object");
        if (name.equals(METADATA)) {
          readTexts(parser, metadata);
        } else {
          require(
              tensors.size() < Limits.SAFETENSORS_TENSORS,
              "it has more tensors than the limit of " + Limits.SAFETENSORS_TENSORS);
          tensors.put(name, tensor(name, parser));
        }
      }
      require(parser.nextToken() == null, "something follows the JSON object of its header");
    } catch (JsonProcessingException e) {
      throw new BrokenException("its header is not JSON: " + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new BrokenException(
          "its header is not JSON: " + Excerpt.of(String.valueOf(e.getMessage())));
    }
    requireNoGaps(tensors, dataBytes);
    return new SafetensorsHeader(metadata, tensors);
  }

  private static void readTexts(JsonParser parser, Map<String, String> texts)
      throws IOException, BrokenException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      require(
          parser.nextToken() == JsonToken.VALUE_STRING,
          "the metadata '" + Excerpt.of(key) + "' is no text");
      texts.put(key, parser.getText());
    }
  }

  private static Tensor tensor(String name, JsonParser parser) throws IOException, BrokenException {
    String type = null;
    List<Long> dimensions = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "dtype" -> type = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        case "shape" -> dimensions = numbers(name, parser);
        case "data_offsets" -> offsets = numbers(name, parser);
        default ->
            throw new BrokenException(
                "tensor '" + Excerpt.of(name) + "' has a key '" + Excerpt.of(key) + "'");
      }
    }
    return tensor(name, String.valueOf(type), dimensions, offsets);
  }

  private static Tensor tensor(
      String name, String type, @Nullable List<Long> dimensions, @Nullable List<Long> offsets)
      throws BrokenException {
    NumberType numberType = NumberType.called(type).orElse(null);
    Integer bytes =
        numberType == null ? OTHER_TYPES.get(type) : Integer.valueOf(numberType.bytes());
    if (bytes == null) {
      throw new BrokenException(
          "tensor '%s' has the type %s, none of %s"
              .formatted(Excerpt.of(name), Excerpt.of(type), NumberType.names()));
    }
    if (dimensions == null || offsets == null || offsets.size() != 2) {
      throw new BrokenException("tensor '" + Excerpt.of(name) + "' lacks a shape or two offsets");
    }
    int[] shape = new int[dimensions.size()];
    long elements = 1;
    for (int i = 0; i < shape.length; i++) {
      long dimension = dimensions.get(i);
      require(
          dimension <= Integer.MAX_VALUE && elements * dimension <= Integer.MAX_VALUE,
          "tensor '" + Excerpt.of(name) + "' is too large");
      shape[i] = (int) dimension;
      elements *= dimension;
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    require(
        begin <= end && end - begin == elements * bytes,
        "tensor '%s' lies at %d to %d, which is not what its shape %s takes in %s"
            .formatted(Excerpt.of(name), begin, end, dimensions, Excerpt.of(type)));
    return new Tensor(numberType, new Shape(shape), begin, end);
  }

  /** A short list of whole numbers, none negative. */
  private static List<Long> numbers(String name, JsonParser parser)
      throws IOException, BrokenException {
    String what =
        "tensor '"
            + Excerpt.of(name)
            + "' has a shape or offsets that are no list of whole numbers";
    require(parser.currentToken() == JsonToken.START_ARRAY, what);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < MOST_DIMENSIONS) {
      numbers.add(parser.getLongValue());
    }
    boolean natural = numbers.stream().allMatch(number -> number >= 0);
    require(parser.currentToken() == JsonToken.END_ARRAY && natural, what);
    return numbers;
  }

  private static void requireNoGaps(Map<String, Tensor> tensors, long dataBytes)
      throws BrokenException {
    List<Tensor> inOrder = new ArrayList<>(tensors.values());
    inOrder.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long end = 0;
    for (Tensor tensor : inOrder) {
      require(tensor.begin() == end, "its tensors leave a gap or overlap at byte " + end);
      end = tensor.end();
    }
    require(end == dataBytes, "its tensors take %d bytes, but it has %d".formatted(end, dataBytes));
  }

  private static void require(boolean holds, String otherwise) throws BrokenException {
    if (!holds) {
      throw new BrokenException(otherwise);
    }
  }

  Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor;
  }

  /** The shapes of the tensors whose numbers are read, by name. */
  Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.type() != null) {
            shapes.put(name, tensor.shape());
          }
        });
    return shapes;
  }
}
