package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a new {@link CacheFile}. */
final class CacheFileWriter implements IdSink, AutoCloseable {
  private final FileChannel file;
  private final int width;
  private final ByteBuffer block = ByteBuffer.allocate(Ids.BLOCK_BYTES);
  private final List<Integer> checksums = new ArrayList<>();
  private long size;

  /**
   * @param width bytes of an id
   */
  CacheFileWriter(Path file, int width) throws IOException {
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
    Ids.put(block, width, id);
    size++;
  }

  private void writeBlock() throws IOException {
    block.flip();
    checksums.add(CacheFile.checksum(block));
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
    ByteBuffer footer = ByteBuffer.allocate(CacheFile.FOOTER_BYTES);
    footer.putInt(all.remaining()).putInt(CacheFile.checksum(all)).put(CacheFile.MAGIC).flip();
    write(all);
    write(footer);
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
