package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file of JSON objects, one a line, that grows by whole lines. */
final class JsonLines implements AutoCloseable {
  private final JsonFactory factory = new JsonFactory();
  private final Path path;
  private @Nullable FileChannel file; // null until it is begun

  JsonLines(Path path) {
    this.path = path;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws InvalidInputException if it is no regular file
   */
  void begin() throws IOException {
    channel();
  }

  private FileChannel channel() throws IOException {
    if (file == null) {
      if (Files.exists(path)) {
        BoundedFile.requireRegular(path, JsonObject.WHAT_TO_DO);
      }
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    return file;
  }

  /** Writes the fields of one object. */
  @FunctionalInterface
  interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  void append(Fields fields) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    }
    line.write('\n');
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    FileChannel channel = channel();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Puts on disk what was appended. */
  void flush() throws IOException {
    channel().force(false);
  }

  /**
   * Cuts off the lines after this epoch, and what a failure may have left of a line.
   *
   * @throws InvalidInputException if a whole line is none of ours; then nothing is cut off
   */
  void cutBackTo(int epoch) throws IOException {
    byte[] content = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    int kept = 0;
    int start = 0;
    int line = 1;
    for (int end = lineEnd(content, 0); end > 0; end = lineEnd(content, start)) {
      String json = new String(content, start, end - start, UTF_8);
      if (JsonObject.parse(path + ":" + line, json).integer("epoch", 1) <= epoch) {
        kept = end;
      }
      start = end;
      line++;
    }
    channel().truncate(kept);
  }

  /** Where the line ends that starts here, or -1 if it doesn't. */
  private static int lineEnd(byte[] content, int start) {
    for (int i = start; i < content.length; i++) {
      if (content[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      try (FileChannel opened = file) {
        opened.force(true);
      }
    }
  }
}
