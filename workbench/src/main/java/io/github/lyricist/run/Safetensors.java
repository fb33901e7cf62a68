package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.Sha256;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: eight bytes of header length (little-endian), a JSON header with each
 * tensor's type, shape and offsets, then the tensors' bytes. PyTorch opens it as it is.
 */
final class Safetensors {
  /** In the metadata: SHA-256 of all that follows the header, in hexadecimal. */
  static final String DATA_SHA256 = "data_sha256";

  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Writes a file.
   *
   * @param metadata texts for the header's {@code __metadata__}, to which the data's digest is
   *     added
   * @param parameters written as F32, in their order
   * @param bytes written after those, as U8
   */
  static void write(
      OutputStream out,
      Map<String, String> metadata,
      Parameters parameters,
      Map<String, byte[]> bytes)
      throws IOException {
    Map<String, String> withDigest = new LinkedHashMap<>(metadata);
    withDigest.put(DATA_SHA256, dataSha256(parameters, bytes));
    byte[] header = header(withDigest, parameters, bytes);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    writeData(out, parameters, bytes);
  }

  private static String dataSha256(Parameters parameters, Map<String, byte[]> bytes)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    writeData(new DigestOutputStream(OutputStream.nullOutputStream(), digest), parameters, bytes);
    return Sha256.hex(digest);
  }

  private static void writeData(OutputStream out, Parameters parameters, Map<String, byte[]> bytes)
      throws IOException {
    for (String name : parameters.names()) {
      writeNumbers(out, parameters.get(name));
    }
    for (byte[] some : bytes.values()) {
      out.write(some);
    }
  }

  private static void writeNumbers(OutputStream out, float[] numbers) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      if (!block.hasRemaining()) {
        out.write(block.array());
        block.clear();
      }
      block.putFloat(number);
    }
    out.write(block.array(), 0, block.position());
  }

  private static byte[] header(
      Map<String, String> metadata, Parameters parameters, Map<String, byte[]> bytes)
      throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(header)) {
      json.writeStartObject();
      json.writeObjectFieldStart("__metadata__");
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long offset = 0;
      for (String name : parameters.names()) {
        long end = offset + Float.BYTES * parameters.shape(name).size();
        writeTensor(json, name, "F32", parameters.shape(name), offset, end);
        offset = end;
      }
      for (Map.Entry<String, byte[]> entry : bytes.entrySet()) {
        int length = entry.getValue().length;
        writeTensor(json, entry.getKey(), "U8", new Shape(length), offset, offset + length);
        offset += length;
      }
      json.writeEndObject();
    }
    while (header.size() % ALIGNMENT != 0) {
      header.write(' ');
    }
    return header.toByteArray();
  }

  private static void writeTensor(
      JsonGenerator json, String name, String type, Shape shape, long offset, long end)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", type);
    json.writeArrayFieldStart("shape");
    for (int i = 0; i < shape.rank(); i++) {
      json.writeNumber(shape.dimension(i));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(offset);
    json.writeNumber(end);
    json.writeEndArray();
    json.writeEndObject();
  }
}
