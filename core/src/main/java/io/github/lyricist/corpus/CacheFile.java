package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.tokens.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final byte[] MAGIC = "lyr.ids1".getBytes(UTF_8);
  private static final int FOOTER_BYTES = 2 * Integer.BYTES + MAGIC.length;
  private static final long SEGMENT_BYTES = 1 << 30; // what is mapped at once: whole blocks

  /** That a cache file is not what was written. */
  static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  private CacheFile() {}

  /** Writes a new file. */
  static final class Writer implements IdSink, AutoCloseable {
    private final FileChannel file;
    private final int width;
    private final ByteBuffer block = ByteBuffer.allocate(Ids.BLOCK_BYTES);
    private final List<Integer> checksums = new ArrayList<>();
    private long size;

    /**
     * @param width bytes of an id
     */
    Writer(Path file, int width) throws IOException {
      this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.width = width;
    }

    @Override
    public void add(int id) {
      if (!block.hasRemaining()) {
        try {
          writeBlock();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      if (width == Character.BYTES) {
        block.putChar((char) id);
      } else {
        block.putInt(id);
      }
      size++;
    }

    private void writeBlock() throws IOException {
      block.flip();
      checksums.add(checksum(block));
      write(block);
      block.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }

    /**
     * Writes what follows the ids, and all of it to the disk.
     *
     * @param key what the file is of
     * @param head what else there is to know
     */
    void finish(String key, byte[] head) throws IOException {
      if (block.position() > 0) {
        writeBlock();
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream trailer = new DataOutputStream(bytes);
      byte[] keyBytes = key.getBytes(UTF_8);
      trailer.writeInt(keyBytes.length);
      trailer.write(keyBytes);
      trailer.writeInt(width);
      trailer.writeLong(size);
      for (int checksum : checksums) {
        trailer.writeInt(checksum);
      }
      trailer.writeInt(head.length);
      trailer.write(head);
      ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray());
      ByteBuffer footer = ByteBuffer.allocate(FOOTER_BYTES);
      footer.putInt(all.remaining()).putInt(checksum(all)).put(MAGIC).flip();
      write(all);
      write(footer);
      file.force(true);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private static int checksum(ByteBuffer bytes) {
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
      return new TextCache.Entry(head, new Mapped(width, size, segments, checksums));
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

  /** The ids of a file, which stay readable when it is deleted. */
  private static final class Mapped extends Ids {
    private static final int BLOCKS_OF_SEGMENT = (int) (SEGMENT_BYTES / BLOCK_BYTES);

    private final List<ByteBuffer> segments;
    private final int[] checksums;
    private final boolean[] verified; // several threads may do it twice, to the same end

    Mapped(int width, long size, List<ByteBuffer> segments, int[] checksums) {
      super(width, size);
      this.segments = segments;
      this.checksums = checksums;
      this.verified = new boolean[checksums.length];
    }

    @Override
    ByteBuffer block(int index) {
      ByteBuffer segment = segments.get(index / BLOCKS_OF_SEGMENT);
      int begin = index % BLOCKS_OF_SEGMENT * BLOCK_BYTES;
      ByteBuffer block = segment.slice(begin, Math.min(BLOCK_BYTES, segment.capacity() - begin));
      if (!verified[index]) {
        if (checksum(block) != checksums[index]) {
          throw new Damaged("its block %d is not as it was written".formatted(index));
        }
        verified[index] = true;
      }
      return block;
    }
  }
}
