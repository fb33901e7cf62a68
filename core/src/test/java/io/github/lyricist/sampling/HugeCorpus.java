package io.github.lyricist.sampling;

import io.github.lyricist.corpus.Corpus;
import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A corpus of any size, without a text; notes which blocks are read of it. */
final class HugeCorpus implements Corpus {
  private static final int PERIOD = 1_000_003;

  private final long size;
  final List<Long> reads = new ArrayList<>(); // where they began

  HugeCorpus(long size) {
    this.size = size;
  }

  /** The token id at a place. */
  static int token(long index) {
    return (int) (index % PERIOD);
  }

  @Override
  public String source() {
    return "huge";
  }

  @Override
  public String sha256() {
    return "";
  }

  @Override
  public long characters() {
    return size;
  }

  @Override
  public Tokenizer tokenizer() {
    return CharacterTokenizer.of("a");
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long from, int[] ids, int offset, int count) {
    Objects.checkFromIndexSize(from, count, size);
    reads.add(from);
    for (int i = 0; i < count; i++) {
      ids[offset + i] = token(from + i);
    }
  }
}
