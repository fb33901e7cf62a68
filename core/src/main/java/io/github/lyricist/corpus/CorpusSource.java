package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Opens the bytes of one text, wherever they are: a file, a gzip or zip of one, or our own jar. */
final class CorpusSource {
  private static final String ENTRY_SEPARATOR = "!/";
  private static final List<String> OTHER_NAMES = List.of("GB18030", "ISO-8859-1");
  private static final int MOST_NAMED = 5;

  private CorpusSource() {}

  static InputStream open(String source) throws IOException {
    if (source.startsWith(CorpusSpec.BUNDLED)) {
      return bundled(source.substring(CorpusSpec.BUNDLED.length()));
    }
    String archive = archive(source);
    Path file = file(archive);
    if (isEntry(source)) {
      return zipEntry(file, source.substring(archive.length() + ENTRY_SEPARATOR.length()));
    }
    if (isZip(source)) {
      return zipEntry(file, null);
    }
    InputStream in = Files.newInputStream(file);
    if (isGzip(source)) {
      try {
        return new BoundedUnpacking(new GZIPInputStream(in, 1 << 16), Files.size(file), source);
      } catch (IOException e) {
        in.close();
        throw InvalidInputException.at(
            source, "not a gzip file (" + e.getMessage() + ")", "pack it again, or rename it");
      }
    }
    return in;
  }

  private static InputStream bundled(String name) {
    InputStream in =
        name.matches("[a-z]+") ? CorpusSource.class.getResourceAsStream(name + ".txt") : null;
    if (in == null) {
      throw InvalidInputException.ofKey(
          "corpus.source",
          "there is no bundled corpus '" + Excerpt.of(name) + "'",
          "use bundled:songs");
    }
    return in;
  }

  /** Whether a source names an entry of an archive. */
  static boolean isEntry(String source) {
    return !archive(source).equals(source);
  }

  /** The file that a text is in, or null where that is our own jar. */
  static @Nullable Path fileOf(String source) {
    return source.startsWith(CorpusSpec.BUNDLED) ? null : Path.of(archive(source));
  }

  /** Of a source that names an entry of an archive, the archive; of any other, all of it. */
  private static String archive(String source) {
    int separator = source.indexOf(ENTRY_SEPARATOR);
    boolean isEntry = separator >= 0 && isZip(source.substring(0, separator));
    return isEntry ? source.substring(0, separator) : source;
  }

  /** Whether a text's file has fewer bytes than the text. */
  static boolean isPacked(String source) {
    return isEntry(source) || isZip(source) || isGzip(source);
  }

  private static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static boolean isZip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private static Path file(String name) {
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw InvalidInputException.ofKey(
          "corpus.source", "there is no file " + file, "check the path, or use bundled:songs");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw InvalidInputException.ofKey(
          "corpus.source", file + " is not a readable file", "name a text file");
    }
    return file;
  }

  private static InputStream zipEntry(Path archive, @Nullable String wanted) throws IOException {
    ZipFile zip = openZip(archive);
    try {
      ZipEntry entry = choose(zip, archive, wanted);
      InputStream in = zip.getInputStream(entry);
      // The archive's own word for the entry's size may be a lie; it is no larger than the archive.
      long packedBytes = Math.min(entry.getCompressedSize(), Files.size(archive));
      return new BoundedUnpacking(new ChecksumStream(in, entry), packedBytes, archive.toString()) {
        @Override
        public void close() throws IOException {
          super.close();
          zip.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * Opens an archive whose names are in UTF-8, or in what Windows writes in China: without a mark
   * that says which. Where they are in neither, single bytes still tell the entries apart.
   */
  private static ZipFile openZip(Path archive) throws IOException {
    try {
      return new ZipFile(archive.toFile(), UTF_8);
    } catch (ZipException notInUtf8) {
      for (String encoding : OTHER_NAMES) {
        try {
          return new ZipFile(archive.toFile(), Charset.forName(encoding));
        } catch (ZipException | UnsupportedCharsetException e) {
          notInUtf8.addSuppressed(e); // perhaps the next
        }
      }
      throw notInUtf8;
    }
  }

  /** Whether an entry is something that macOS or Windows put beside the texts. */
  private static boolean isBeside(ZipEntry entry) {
    String name = entry.getName();
    String last = name.substring(name.lastIndexOf('/') + 1);
    return name.startsWith("__MACOSX/")
        || last.startsWith(".")
        || last.equalsIgnoreCase("Thumbs.db")
        || last.equalsIgnoreCase("desktop.ini");
  }

  private static ZipEntry choose(ZipFile zip, Path archive, @Nullable String wanted) {
    if (zip.size() > Limits.ZIP_ENTRIES) {
      throw InvalidInputException.at(
          archive.toString(),
          "the archive has more entries than the limit of " + Limits.ZIP_ENTRIES,
          "pack the text alone");
    }
    List<ZipEntry> files =
        zip.stream().filter(e -> !e.isDirectory()).<ZipEntry>map(e -> e).toList();
    List<ZipEntry> texts = files.stream().filter(e -> !isBeside(e)).toList();
    List<ZipEntry> matching =
        wanted == null ? texts : files.stream().filter(e -> e.getName().equals(wanted)).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    String entries =
        texts.stream()
                .limit(MOST_NAMED)
                .map(e -> Excerpt.of(e.getName()))
                .collect(Collectors.joining(", "))
            + (texts.size() > MOST_NAMED ? ", …" : "");
    if (texts.isEmpty()) {
      throw InvalidInputException.at(
          archive.toString(), "the archive has no text", "pack one text file into it");
    }
    throw InvalidInputException.at(
        archive.toString(),
        wanted == null
            ? "the archive has " + texts.size() + " entries (" + entries + ")"
            : "the archive has no entry '" + Excerpt.of(wanted) + "', but " + entries,
        "choose one: " + archive + ENTRY_SEPARATOR + Excerpt.of(texts.get(0).getName()));
  }
}
