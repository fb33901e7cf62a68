package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Tokenizer;
import java.util.Objects;

/**
 * A part of a corpus: one stretch of it, or several of the same length, one after the other. It has
 * the whole one's tokenizer, source and checksum.
 */
public final class CorpusPart implements Corpus {
  private final Corpus whole;
  private final long[] starts;
  private final long length;
  private final double charactersPerToken;

  /**
   * @param whole the corpus that it is a part of
   * @param starts the first token of each stretch, an index into the whole
   * @param length how many tokens a stretch has
   * @param charactersPerToken how many characters a token of it has on average
   */
  public CorpusPart(Corpus whole, long[] starts, long length, double charactersPerToken) {
    for (long start : starts) {
      Objects.checkFromToIndex(start, start + length, whole.size());
    }
    this.whole = whole;
    this.starts = starts.clone();
    this.length = length;
    this.charactersPerToken = charactersPerToken;
  }

  @Override
  public String source() {
    return whole.source();
  }

  @Override
  public String sha256() {
    return whole.sha256();
  }

  @Override
  public long characters() {
    return Math.round(size() * charactersPerToken);
  }

  @Override
  public Tokenizer tokenizer() {
    return whole.tokenizer();
  }

  @Override
  public long size() {
    return length * starts.length;
  }

  @Override
  public int stretches() {
    return starts.length;
  }

  @Override
  public double charactersPerToken() {
    return charactersPerToken;
  }

  @Override
  public void read(long first, int[] ids, int offset, int count) {
    Objects.checkFromIndexSize(first, count, size());
    int done = 0;
    while (done < count) {
      long within = (first + done) % length;
      long begin = starts[(int) ((first + done) / length)] + within;
      int some = (int) Math.min(count - done, length - within);
      whole.read(begin, ids, offset + done, some);
      done += some;
    }
  }
}
