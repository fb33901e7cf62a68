package io.github.lyricist.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Tiny corpora, and the files that they may come in. */
public final class Corpora {
  private static final int FIRST_CHARACTER = 0x4E00;

  private Corpora() {}

  /** A corpus whose token ids are 0, 1, … size-1. */
  public static Corpus ascending(int size) {
    int[] codePoints = IntStream.range(FIRST_CHARACTER, FIRST_CHARACTER + size).toArray();
    return TextCorpus.of("ascending", new String(codePoints, 0, size));
  }

  /** The text that the token ids of a corpus stand for. */
  static String text(Corpus corpus) {
    return corpus.tokenizer().decode(ids(corpus));
  }

  /** All token ids of a corpus. */
  static int[] ids(Corpus corpus) {
    int[] ids = new int[(int) corpus.size()];
    corpus.read(0, ids, 0, ids.length);
    return ids;
  }

  /** A zip archive with entries of these names, all with the same text. */
  static Path zip(Path file, String text, List<String> entries) {
    return zip(file, text, entries, StandardCharsets.UTF_8);
  }

  /** Likewise, with names in this encoding. */
  static Path zip(Path file, String text, List<String> entries, Charset names) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file), names)) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The bytes of a gzip file with this text. */
  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
