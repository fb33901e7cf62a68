package io.github.lyricist.corpus;

import io.github.lyricist.Sha256;
import io.github.lyricist.tokens.ByteTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A corpus of bytes as a file has them, in memory. Its characters are its bytes.
 *
 * @param blocks each of 4 MB, the last one perhaps of fewer
 */
record ByteCorpus(String source, String sha256, List<byte[]> blocks, long size) implements Corpus {
  private static final int BLOCK_BITS = 22;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final Tokenizer TOKENIZER = new ByteTokenizer();

  /**
   * Reads a stream to its end.
   *
   * @param most how many bytes to keep at most
   */
  static ByteCorpus read(InputStream in, String source, long most) throws IOException {
    MessageDigest digest = Sha256.digest();
    List<byte[]> blocks = new ArrayList<>();
    long size = 0;
    int wanted;
    byte[] block;
    do {
      wanted = (int) Math.min(BLOCK, most - size);
      block = in.readNBytes(wanted);
      digest.update(block);
      blocks.add(block);
      size += block.length;
    } while (block.length == BLOCK);
    return new ByteCorpus(source, Sha256.hex(digest), blocks, size);
  }

  @Override
  public long characters() {
    return size;
  }

  @Override
  public Tokenizer tokenizer() {
    return TOKENIZER;
  }

  @Override
  public void read(long from, int[] ids, int offset, int count) {
    Objects.checkFromIndexSize(from, count, size);
    Objects.checkFromIndexSize(offset, count, ids.length);
    for (int i = 0; i < count; i++) {
      byte[] block = blocks.get((int) ((from + i) >>> BLOCK_BITS));
      ids[offset + i] = Byte.toUnsignedInt(block[(int) (from + i) & (BLOCK - 1)]);
    }
  }
}
