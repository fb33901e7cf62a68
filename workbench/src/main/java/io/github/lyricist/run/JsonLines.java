package io.github.lyricist.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
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
  void begin() {
    channel();
  }

  private FileChannel channel() {
    if (file != null) {
      return file;
    }
    if (Files.exists(path)) {
      BoundedFile.requireRegular(path, JsonObject.WHAT_TO_DO);
    }
    try {
      FileChannel opened =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      file = opened;
      return opened;
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  void append(JsonText.Content fields) {
    try {
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
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  /** Puts on disk what was appended. */
  void flush() {
    try {
      channel().force(false);
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  /** Keeps the first lines, and cuts off what follows them: also what a failure left of a line. */
  void keep(int lines) {
    try {
      byte[] content = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
      int end = 0;
      for (int line = 0; line < lines; end++) {
        if (content[end] == '\n') {
          line++;
        }
      }
      channel().truncate(end);
    } catch (IOException e) {
      throw RunFailedException.writing(path, e);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      try (FileChannel opened = file) {
        opened.force(true);
      } catch (IOException e) {
        throw RunFailedException.writing(path, e);
      }
    }
  }
}
