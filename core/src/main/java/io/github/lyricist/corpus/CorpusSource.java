package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Opens the bytes of a text, wherever they are: a file, a gzip or zip of one, or our own jar. */
final class CorpusSource {
  private static final String ENTRY_SEPARATOR = "!/";

  private CorpusSource() {}

  static InputStream open(String source) throws IOException {
    if (source.startsWith(CorpusSpec.BUNDLED)) {
      return bundled(source.substring(CorpusSpec.BUNDLED.length()));
    }
    int separator = source.indexOf(ENTRY_SEPARATOR);
    if (separator >= 0 && isZip(source.substring(0, separator))) {
      return zipEntry(
          file(source.substring(0, separator)),
          source.substring(separator + ENTRY_SEPARATOR.length()));
    }
    Path file = file(source);
    if (isZip(source)) {
      return zipEntry(file, null);
    }
    InputStream in = Files.newInputStream(file);
    if (source.toLowerCase(Locale.ROOT).endsWith(".gz")) {
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
    ZipFile zip = new ZipFile(archive.toFile());
    try {
      ZipEntry entry = choose(zip, archive, wanted);
      InputStream in = zip.getInputStream(entry);
      // The archive's own word for the entry's size may be a lie; it is no larger than the archive.
      long packedBytes = Math.min(entry.getCompressedSize(), Files.size(archive));
      return new BoundedUnpacking(in, packedBytes, archive.toString()) {
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

  private static ZipEntry choose(ZipFile zip, Path archive, @Nullable String wanted) {
    if (zip.size() > Limits.ZIP_ENTRIES) {
      throw InvalidInputException.at(
          archive.toString(),
          "the archive has more entries than the limit of " + Limits.ZIP_ENTRIES,
          "pack the text alone");
    }
    List<ZipEntry> files =
        zip.stream().filter(e -> !e.isDirectory()).<ZipEntry>map(e -> e).toList();
    List<ZipEntry> matching =
        wanted == null ? files : files.stream().filter(e -> e.getName().equals(wanted)).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    String entries = String.join(", ", files.stream().limit(5).map(ZipEntry::getName).toList());
    if (files.isEmpty()) {
      throw InvalidInputException.at(
          archive.toString(), "the archive has no entry", "pack one text file into it");
    }
    throw InvalidInputException.at(
        archive.toString(),
        wanted == null
            ? "the archive has " + files.size() + " entries (" + entries + ")"
            : "the archive has no entry '" + wanted + "', but " + entries,
        "choose one: " + archive.getFileName() + ENTRY_SEPARATOR + files.get(0).getName());
  }
}
