package io.github.lyricist.corpus;

import io.github.lyricist.Bytes;
import io.github.lyricist.RunFailedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Ids in memory. */
final class HeapIds extends Ids {
  private static final int FIRST_BYTES = 1 << 13; // a short text takes little
  private static final double MOST_OF_HEAP = 0.75;

  private final List<ByteBuffer> blocks;

  private HeapIds(int width, long size, List<ByteBuffer> blocks) {
    super(width, size);
    this.blocks = blocks;
  }

  @Override
  ByteBuffer block(int index) {
    return blocks.get(index);
  }

  /** Collects ids; no copy of all of them is made while they become more. */
  static final class Builder implements IdSink {
    private final int width;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private ByteBuffer last = ByteBuffer.allocate(0);
    private long size;

    /**
     * @param width bytes of an id
     */
    Builder(int width) {
      this.width = width;
    }

    @Override
    public void add(int id) {
      if (!last.hasRemaining()) {
        enlarge();
      }
      put(last, width, id);
      size++;
    }

    private void enlarge() {
      if (last.capacity() > 0 && last.capacity() < BLOCK_BYTES) { // only the first block grows
        last = ByteBuffer.allocate(2 * last.capacity()).put(last.flip());
        blocks.set(0, last);
        return;
      }
      long bytes = (long) blocks.size() * BLOCK_BYTES;
      if (bytes > MOST_OF_HEAP * Runtime.getRuntime().maxMemory()) {
        throw new RunFailedException(
            "the text has more than %s of tokens, too many to keep in memory; give Java more of it"
                    .formatted(Bytes.text(bytes))
                + " (JAVA_OPTS=-Xmx…), or the cache folder space on its disk");
      }
      last = ByteBuffer.allocate(blocks.isEmpty() ? FIRST_BYTES : BLOCK_BYTES);
      blocks.add(last);
    }

    Ids build() {
      return new HeapIds(width, size, blocks);
    }
  }
}
