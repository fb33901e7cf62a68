package io.github.lyricist.corpus;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A row of ids of any length, each in two or four bytes, in blocks: wherever those are, none of
 * them is copied to be read.
 */
abstract class Ids {
  static final int BLOCK_BYTES = 1 << 20;

  private final int width;
  private final long size;

  /**
   * @param width bytes of an id: 2 or 4
   */
  Ids(int width, long size) {
    this.width = width;
    this.size = size;
  }

  /** The bytes that ids below this number need, each. */
  static int width(int number) {
    return number <= 1 << Character.SIZE ? Character.BYTES : Integer.BYTES;
  }

  /** Appends an id to a block, as {@link #read} finds it there. */
  static void put(ByteBuffer block, int width, int id) {
    if (width == Character.BYTES) {
      block.putChar((char) id);
    } else {
      block.putInt(id);
    }
  }

  final int width() {
    return width;
  }

  final long size() {
    return size;
  }

  /** The block with this number: {@link #BLOCK_BYTES} of ids, but for the last one. */
  abstract ByteBuffer block(int index);

  /** Copies {@code count} ids from {@code from} on. */
  final void read(long from, int[] to, int offset, int count) {
    Objects.checkFromIndexSize(from, count, size);
    Objects.checkFromIndexSize(offset, count, to.length);
    int ofBlock = BLOCK_BYTES / width;
    int done = 0;
    while (done < count) {
      ByteBuffer block = block((int) ((from + done) / ofBlock));
      int begin = (int) ((from + done) % ofBlock);
      int length = Math.min(ofBlock - begin, count - done);
      for (int i = 0; i < length; i++) {
        to[offset + done + i] =
            width == Character.BYTES
                ? block.getChar((begin + i) * Character.BYTES)
                : block.getInt((begin + i) * Integer.BYTES);
      }
      done += length;
    }
  }
}
