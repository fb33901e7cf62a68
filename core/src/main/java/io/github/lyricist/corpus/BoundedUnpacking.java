package io.github.lyricist.corpus;

import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, refused once there are more of them than an honest text packs into its size. */
class BoundedUnpacking extends FilterInputStream {
  private final long packedBytes;
  private final String source;
  private long unpackedBytes;

  BoundedUnpacking(InputStream in, long packedBytes, String source) {
    super(in);
    this.packedBytes = packedBytes;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  private void count(int read) {
    unpackedBytes += read;
    if (unpackedBytes > Limits.UNPACKED_BYTES) {
      throw InvalidInputException.at(
          source,
          "the archive unpacks to more than the limit of " + Bytes.text(Limits.UNPACKED_BYTES),
          "unpack it yourself and give the text");
    }
    if (unpackedBytes > Limits.COMPRESSION_GRACE_BYTES
        && unpackedBytes / Limits.COMPRESSION_RATIO > packedBytes) {
      throw InvalidInputException.at(
          source,
          "the archive unpacks to more than the limit of "
              + Limits.COMPRESSION_RATIO
              + " times its size",
          "unpack it yourself and give the text");
    }
  }
}
