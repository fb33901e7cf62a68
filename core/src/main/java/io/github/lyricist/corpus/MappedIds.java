package io.github.lyricist.corpus;

import java.nio.ByteBuffer;
import java.util.List;

/** The ids of a {@link CacheFile}, which stay readable when it is deleted. */
final class MappedIds extends Ids {
  private static final int BLOCKS_OF_SEGMENT = (int) (CacheFile.SEGMENT_BYTES / BLOCK_BYTES);

  private final List<ByteBuffer> segments;
  private final int[] checksums;
  private final boolean[] verified; // several threads may do it twice, to the same end

  MappedIds(int width, long size, List<ByteBuffer> segments, int[] checksums) {
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
      if (CacheFile.checksum(block) != checksums[index]) {
        throw new CacheFile.Damaged("its block %d is not as it was written".formatted(index));
      }
      verified[index] = true;
    }
    return block;
  }
}
