package io.github.lyricist.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A protobuf message, taken apart by the rules of its encoding alone. A field's values are {@code
 * Long}, {@code Double}, {@code Float} or {@code byte[]}, as the encoding tells.
 */
record ParsedMessage(Map<Integer, List<Object>> fields) {

  static ParsedMessage of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, List<Object>> fields = new TreeMap<>();
    while (in.hasRemaining()) {
      int key = (int) varint(in);
      Object value =
          switch (key & 7) {
            case 0 -> (Object) varint(in);
            case 1 -> (Object) in.getDouble();
            case 2 -> {
              byte[] inner = new byte[(int) varint(in)];
              in.get(inner);
              yield inner;
            }
            case 5 -> (Object) in.getFloat();
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      fields.computeIfAbsent(key >>> 3, number -> new ArrayList<>()).add(value);
    }
    return new ParsedMessage(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  boolean has(int number) {
    return fields.containsKey(number);
  }

  /** The only value of a field. */
  Object get(int number) {
    List<Object> values = fields.getOrDefault(number, List.of());
    if (values.size() != 1) {
      throw new AssertionError("field %d has %d values".formatted(number, values.size()));
    }
    return values.get(0);
  }

  String text(int number) {
    return new String((byte[]) get(number), UTF_8);
  }

  ParsedMessage message(int number) {
    return of((byte[]) get(number));
  }

  List<ParsedMessage> messages(int number) {
    return fields.getOrDefault(number, List.of()).stream().map(b -> of((byte[]) b)).toList();
  }
}
