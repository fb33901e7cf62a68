package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * The unpacked bytes of a zip's entry, held against its checksum, which {@code ZipFile} ignores.
 */
final class ChecksumStream extends CheckedInputStream {
  private final ZipEntry entry;

  ChecksumStream(InputStream in, ZipEntry entry) {
    super(in, new CRC32());
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    return checkedAtEnd(super.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return checkedAtEnd(super.read(target, offset, length));
  }

  private int checkedAtEnd(int read) throws ZipException {
    if (read < 0 && getChecksum().getValue() != entry.getCrc()) {
      throw new ZipException(
          "the checksum of " + Excerpt.of(entry.getName()) + " is not that of its text");
    }
    return read;
  }
}
