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

/** A corpus of bytes as a file has them, in memory, in blocks. Its characters are its bytes. */
final class ByteCorpus implements Corpus {
  private static final int BLOCK_BITS = 22; // 4 MB
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final Tokenizer TOKENIZER = new ByteTokenizer();

  private final String source;
  private final String sha256;
  private final List<byte[]> blocks;
  private final long size;

  private ByteCorpus(String source, String sha256, List<byte[]> blocks, long size) {
    this.source = source;
    this.sha256 = sha256;
    this.blocks = blocks;
    this.size = size;
  }

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
  public String source() {
    return source;
  }

  @Override
  public String sha256() {
    return sha256;
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
  public long size() {
    return size;
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
