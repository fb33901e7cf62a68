package io.github.lyricist.protobuf;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A message in the encoding of Protocol Buffers, written field by field. */
public final class Message {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream fields = CodedOutputStream.newInstance(bytes);

  /** A field's own way to be written. */
  @FunctionalInterface
  private interface Field {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private Message put(Field field) {
    try {
      field.writeTo(fields);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't fail to be written", e);
    }
  }

  /** Adds an integer, an enum's constant among them. */
  public Message put(int number, long value) {
    return put(out -> out.writeInt64(number, value));
  }

  public Message put(int number, float value) {
    return put(out -> out.writeFloat(number, value));
  }

  public Message put(int number, double value) {
    return put(out -> out.writeDouble(number, value));
  }

  public Message put(int number, String text) {
    return put(out -> out.writeString(number, text));
  }

  public Message put(int number, Message inner) {
    return put(out -> out.writeByteArray(number, inner.toBytes()));
  }

  /** Adds bytes as they are. */
  public Message put(int number, byte... value) {
    return put(out -> out.writeByteArray(number, value));
  }

  /** The encoded message. */
  public byte[] toBytes() {
    put(CodedOutputStream::flush);
    return bytes.toByteArray();
  }
}
