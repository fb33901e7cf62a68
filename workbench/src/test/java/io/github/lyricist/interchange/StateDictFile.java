package io.github.lyricist.interchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.model.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A state dict to be written for a test. Every element of its tensors is another number, so that
 * each can be found again.
 */
final class StateDictFile {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> values = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private float next = 1;

  /** The tensors of an {@code nn.RNN} or its like, as PyTorch names them behind a prefix. */
  StateDictFile recurrent(
      String prefix, int gates, int inputs, int hidden, int layers, boolean biases) {
    for (int k = 0; k < layers; k++) {
      with(prefix + "weight_ih_l" + k, gates * hidden, k == 0 ? inputs : hidden);
      with(prefix + "weight_hh_l" + k, gates * hidden, hidden);
      if (biases) {
        with(prefix + "bias_ih_l" + k, gates * hidden);
        with(prefix + "bias_hh_l" + k, gates * hidden);
      }
    }
    return this;
  }

  /** Adds or replaces a tensor. */
  StateDictFile with(String name, int... dimensions) {
    Shape shape = new Shape(dimensions);
    float[] value = new float[(int) shape.size()];
    for (int i = 0; i < value.length; i++) {
      value[i] = next++;
    }
    shapes.put(name, shape);
    values.put(name, value);
    return this;
  }

  /** Adds a tensor that is equal to another. */
  StateDictFile withCopy(String name, String of) {
    shapes.put(name, shape(of));
    values.put(name, value(of).clone());
    return this;
  }

  StateDictFile without(String name) {
    shapes.remove(name);
    values.remove(name);
    return this;
  }

  StateDictFile withMetadata(String key, String text) {
    metadata.put(key, text);
    return this;
  }

  Map<String, Shape> shapes() {
    return shapes;
  }

  private Shape shape(String name) {
    return Objects.requireNonNull(shapes.get(name), name);
  }

  float[] value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** Writes it as F32. */
  Path write(Path file) {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{");
    metadata.forEach(
        (key, text) ->
            header.append(
                "%s\"%s\":\"%s\""
                    .formatted(header.toString().endsWith("{") ? "" : ",", key, text)));
    header.append('}');
    int offset = 0;
    for (String name : shapes.keySet()) {
      int end = offset + Float.BYTES * value(name).length;
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(name, shape(name), offset, end));
      offset = end;
    }
    byte[] json = header.append('}').toString().getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    for (float[] value : values.values()) {
      for (float number : value) {
        bytes.putFloat(number);
      }
    }
    try {
      return Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
