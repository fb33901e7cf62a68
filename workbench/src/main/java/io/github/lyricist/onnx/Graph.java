package io.github.lyricist.onnx;

import io.github.lyricist.protobuf.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A graph of operators, as <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">ONNX's
 * messages</a> have it: the field numbers stand there.
 */
final class Graph {
  /** What tensors hold. */
  enum Type {
    FLOAT(1),
    INT64(7);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_STRING = 3;

  private final Message graph = new Message().put(2, "lyricist");

  /**
   * Adds an operator.
   *
   * @param inputs names of tensors; an empty one stands for none
   * @param attributes integers, or texts
   */
  Graph node(
      String operator, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.put(1, input));
    outputs.forEach(output -> node.put(2, output));
    node.put(3, outputs.get(0) + "_" + operator);
    node.put(4, operator);
    attributes.forEach((name, value) -> node.put(5, attribute(name, value)));
    graph.put(1, node);
    return this;
  }

  private static Message attribute(String name, Object value) {
    Message attribute = new Message().put(1, name);
    return value instanceof String text
        ? attribute.put(4, text).put(20, ATTRIBUTE_STRING)
        : attribute.put(3, ((Number) value).longValue()).put(20, ATTRIBUTE_INT);
  }

  /** Adds a constant tensor. */
  Graph constant(String name, float[] values, int... shape) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return constant(name, Type.FLOAT, raw, shape);
  }

  /** The same of whole numbers. */
  Graph constant(String name, long[] values, int... shape) {
    byte[] raw = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return constant(name, Type.INT64, raw, shape);
  }

  private Graph constant(String name, Type type, byte[] raw, int... shape) {
    Message tensor = new Message();
    Arrays.stream(shape).forEach(size -> tensor.put(1, size));
    graph.put(5, tensor.put(2, type.number).put(8, name).put(9, raw));
    return this;
  }

  /**
   * Adds what is handed to it.
   *
   * @param shape sizes, or letters for those that are free
   */
  Graph input(String name, Type type, Object... shape) {
    graph.put(11, value(name, type, shape));
    return this;
  }

  /** Adds what it hands back. */
  Graph output(String name, Type type, Object... shape) {
    graph.put(12, value(name, type, shape));
    return this;
  }

  private static Message value(String name, Type type, Object... shape) {
    Message sizes = new Message();
    for (Object size : shape) {
      sizes.put(
          1,
          size instanceof String letter
              ? new Message().put(2, letter)
              : new Message().put(1, ((Number) size).longValue()));
    }
    Message tensor = new Message().put(1, type.number).put(2, sizes);
    return new Message().put(1, name).put(2, new Message().put(1, tensor));
  }

  Message message() {
    return graph;
  }
}
