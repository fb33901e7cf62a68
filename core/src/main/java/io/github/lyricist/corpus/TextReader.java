package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.corpus.CorpusSpec.Newlines;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts one after another as one: decodes them, and keeps the characters that are asked for.
 *
 * @param configKey the configuration key that names the sources
 * @param texts where they are
 * @param separator what stands between two of them
 * @param newlines whether line ends become spaces
 * @param limit how many characters to keep, or null for all
 * @param bytes whether the files' bytes are its characters, as they are
 */
record TextReader(
    String configKey,
    Texts texts,
    String separator,
    Newlines newlines,
    @Nullable Integer limit,
    boolean bytes) {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int LEAST_UNPACKED = 4; // times the bytes of an archive, as a guess

  /**
   * The text, out of the cache if it is there.
   *
   * @throws InvalidInputException if there is no such text, it is not UTF-8, or it is empty
   * @throws RunFailedException if reading fails midway
   */
  Text read(TextCache cache) {
    List<String> names = names();
    TextCache.Entry entry =
        cache.get(
            key(names),
            Text.WIDTH,
            codes -> {
              try {
                return write(names, codes);
              } catch (InvalidInputException e) {
                throw e.asOf(configKey);
              }
            });
    Text text = Text.read(source(), entry);
    if (text.size() == 0) {
      throw InvalidInputException.at(
          source(), "the corpus is empty", "give a text with at least a few hundred characters");
    }
    return text;
  }

  private List<String> names() {
    try {
      return texts.names();
    } catch (InvalidInputException e) {
      throw e.asOf(configKey);
    }
  }

  String source() {
    return texts.source();
  }

  /** What the text is called in the cache. */
  TextCache.Key key() {
    return key(names());
  }

  private TextCache.Key key(List<String> names) {
    String what =
        "text 1: %s, newlines %s, separator %s, limit %s, bytes %s"
            .formatted(
                texts.source(), newlines, separator.codePoints().boxed().toList(), limit, bytes);
    StringBuilder state = new StringBuilder();
    long size = 0;
    try {
      for (String name : names) {
        Path file = texts.file(name);
        if (file != null && Files.exists(file)) {
          long packed = Files.size(file);
          size += packed * (CorpusSource.isPacked(name) ? LEAST_UNPACKED : 1);
          state.append(
              "%s: %d bytes, %s%n".formatted(name, packed, Files.getLastModifiedTime(file)));
        }
      }
    } catch (IOException e) {
      throw RunFailedException.reading(source(), e);
    }
    return new TextCache.Key(what, state.toString(), size, "reading %s of text");
  }

  private byte[] write(List<String> names, IdSink codes) {
    Text.Writer writer = new Text.Writer(codes, bytes);
    List<String> notices = new ArrayList<>();
    IntConsumer keep = writer::add;
    if (!bytes && newlines == Newlines.SPACE) {
      keep = character -> writer.add(isLineEnd(character) ? ' ' : character);
    }
    for (int i = 0; i < names.size() && writer.size() < most(); i++) {
      if (i > 0) {
        separate(writer, keep);
      }
      read(names.get(i), writer, keep, notices);
    }
    return writer.head(notices);
  }

  private long most() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  private static boolean isLineEnd(int character) {
    return character == '\n' || character == '\r';
  }

  private void separate(Text.Writer writer, IntConsumer keep) {
    // Latin-1 has a character for each byte, of the same number.
    String units = bytes ? new String(separator.getBytes(UTF_8), ISO_8859_1) : separator;
    units.codePoints().limit(most() - writer.size()).forEach(keep);
  }

  private void read(String name, Text.Writer writer, IntConsumer keep, List<String> notices) {
    try (InputStream in = texts.open(name)) {
      if (bytes) {
        readBytes(in, writer);
      } else {
        readCharacters(in, name, writer, keep, notices);
      }
    } catch (ZipException | EOFException e) {
      throw InvalidInputException.at(
          name, "the archive is damaged: " + e.getMessage(), "pack the text again");
    } catch (IOException e) {
      throw RunFailedException.reading(name, e);
    }
  }

  private void readBytes(InputStream in, Text.Writer writer) throws IOException {
    byte[] block = new byte[1 << 16];
    int wanted;
    int read;
    do {
      wanted = (int) Math.min(block.length, most() - writer.size());
      read = in.readNBytes(block, 0, wanted);
      for (int i = 0; i < read; i++) {
        writer.add(Byte.toUnsignedInt(block[i]));
      }
    } while (read == block.length);
  }

  private void readCharacters(
      InputStream in, String name, Text.Writer writer, IntConsumer keep, List<String> notices)
      throws IOException {
    Utf8Decoder decoder = new Utf8Decoder(in, name);
    ForeignText foreign = new ForeignText();
    while (writer.size() < most()) {
      int next = decoder.read();
      if (next < 0) {
        break;
      }
      if (next == BYTE_ORDER_MARK && decoder.codePointsRead() == 1) {
        continue;
      }
      foreign.add(next);
      keep.accept(next);
    }
    foreign.tell(name, notices::add);
  }
}
