package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Tokenizer;
import java.util.Objects;

/**
 * A part of a corpus: one stretch of it, or several of the same length, one after the other. It has
 * the whole one's tokenizer and provenance: source, checksum and number of characters are those of
 * all of the text.
 *
 * @param whole the corpus that it is a part of
 * @param from the first token of the first stretch, an index into the whole
 * @param length how many tokens a stretch has
 * @param distance from the beginning of a stretch to that of the next
 * @param stretches how many there are; where there are several, each is read from the zero state
 */
public record CorpusPart(Corpus whole, long from, long length, long distance, int stretches)
    implements Corpus {
  public CorpusPart {
    long last = from + (stretches - 1) * distance;
    Objects.checkFromToIndex(last, last + length, whole.size());
    Objects.checkFromToIndex(0, length, distance);
  }

  /**
   * One stretch.
   *
   * @param size how many tokens it has
   */
  public CorpusPart(Corpus whole, long from, long size) {
    this(whole, from, size, size, 1);
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
    return whole.characters();
  }

  @Override
  public Tokenizer tokenizer() {
    return whole.tokenizer();
  }

  @Override
  public long size() {
    return length * stretches;
  }

  @Override
  public void read(long first, int[] ids, int offset, int count) {
    Objects.checkFromIndexSize(first, count, size());
    int done = 0;
    while (done < count) {
      long within = (first + done) % length;
      long begin = from + (first + done) / length * distance + within;
      int some = (int) Math.min(count - done, length - within);
      whole.read(begin, ids, offset + done, some);
      done += some;
    }
  }
}
