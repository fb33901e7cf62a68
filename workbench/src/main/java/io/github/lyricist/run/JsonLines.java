package io.github.lyricist.run;

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

  /** Keeps the first lines, and cuts off what follows them: also what a failure left of a line. */
  void keep(int lines) throws IOException {
    byte[] content = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    int end = 0;
    for (int line = 0; line < lines; end++) {
      if (content[end] == '\n') {
        line++;
      }
    }
    channel().truncate(end);
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
