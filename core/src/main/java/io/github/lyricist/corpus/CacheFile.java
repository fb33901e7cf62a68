package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.tokens.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Ids in a file that is mapped into memory. The file has their blocks, then what else there is to
 * know, then how long that is: so it is written from beginning to end. Each block has a checksum,
 * looked at when the block is first read.
 */
final class CacheFile {
  static final byte[] MAGIC = "lyr.ids1".getBytes(UTF_8);
  static final int FOOTER_BYTES = 2 * Integer.BYTES + MAGIC.length;
  static final long SEGMENT_BYTES = 1 << 30; // what is mapped at once: whole blocks

  /** That a cache file is not what was written. */
  static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  private CacheFile() {}

  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  /**
   * Opens a file.
   *
   * @param key what it should be of
   * @throws Damaged if it is another one, or not as it was written
   */
  static TextCache.Entry open(Path path, String key) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = Files.size(path);
      if (length < FOOTER_BYTES) {
        throw new Damaged("it was cut off");
      }
      ByteBuffer footer = ByteBuffer.wrap(read(file, length - FOOTER_BYTES, FOOTER_BYTES));
      int trailerBytes = footer.getInt();
      int trailerChecksum = footer.getInt();
      if (!footer.equals(ByteBuffer.wrap(MAGIC))) {
        throw new Damaged("it does not end as one does");
      }
      long blockBytes = length - FOOTER_BYTES - trailerBytes;
      if (trailerBytes < 0 || blockBytes < 0) {
        throw new Damaged("it was cut off");
      }
      byte[] trailer = read(file, blockBytes, trailerBytes);
      if (checksum(ByteBuffer.wrap(trailer)) != trailerChecksum) {
        throw new Damaged("its end is not as it was written");
      }
      return entry(file, blockBytes, trailer, key);
    }
  }

  private static TextCache.Entry entry(
      FileChannel file, long blockBytes, byte[] trailer, String key) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(trailer))) {
      String foundKey = new String(bytes(in), UTF_8);
      if (!foundKey.equals(key)) {
        throw new Damaged("it is of another text, " + Excerpt.of(foundKey));
      }
      int width = in.readInt();
      long size = in.readLong();
      if ((width != Character.BYTES && width != Integer.BYTES) || blockBytes / width != size) {
        throw new Damaged("it has not as many tokens as it says");
      }
      int[] checksums = new int[(int) ((blockBytes + Ids.BLOCK_BYTES - 1) / Ids.BLOCK_BYTES)];
      for (int i = 0; i < checksums.length; i++) {
        checksums[i] = in.readInt();
      }
      byte[] head = bytes(in);
      List<ByteBuffer> segments = new ArrayList<>();
      for (long at = 0; at < blockBytes; at += SEGMENT_BYTES) {
        segments.add(file.map(MapMode.READ_ONLY, at, Math.min(SEGMENT_BYTES, blockBytes - at)));
      }
      return new TextCache.Entry(head, new MappedIds(width, size, segments, checksums));
    } catch (EOFException e) {
      throw new Damaged("it was cut off");
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException();
    }
    return in.readNBytes(length);
  }

  private static byte[] read(FileChannel file, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[count]);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new Damaged("it was cut off");
      }
    }
    return bytes.array();
  }
}
