package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of JSON objects, one a line, that grows by whole lines. */
final class JsonLines implements AutoCloseable {
  private final JsonFactory factory = new JsonFactory();
  private final Path path;
  private final FileChannel file;

  JsonLines(Path path) throws IOException {
    this.path = path;
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Puts on disk what was appended. */
  void flush() throws IOException {
    file.force(false);
  }

  /** Cuts off the lines after this epoch, and what a failure may have left of a line. */
  void cutBackTo(int epoch) throws IOException {
    byte[] content = Files.readAllBytes(path);
    int kept = 0;
    for (int end = lineEnd(content, 0); end > 0; end = lineEnd(content, kept)) {
      if (epochOf(new String(content, kept, end - kept, UTF_8)) > epoch) {
        break;
      }
      kept = end;
    }
    file.truncate(kept);
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

  private int epochOf(String line) {
    try {
      return JsonObject.parse(path.toString(), line).integer("epoch", 1);
    } catch (InvalidInputException e) {
      return Integer.MAX_VALUE; // what is no line of ours is cut off too
    }
  }

  @Override
  public void close() throws IOException {
    file.force(true);
    file.close();
  }
}
