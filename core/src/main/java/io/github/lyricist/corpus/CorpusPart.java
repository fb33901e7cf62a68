package io.github.lyricist.corpus;

import io.github.lyricist.tokens.Tokenizer;
import java.util.Objects;

/**
 * A stretch of a corpus, with the whole one's tokenizer and provenance: source, checksum and number
 * of characters are those of all of the text.
 *
 * @param whole the corpus that it is a part of
 * @param from its first token, an index into the whole
 * @param size how many tokens it has
 */
public record CorpusPart(Corpus whole, long from, long size) implements Corpus {
  public CorpusPart {
    Objects.checkFromIndexSize(from, size, whole.size());
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
  public void read(long first, int[] ids, int offset, int count) {
    Objects.checkFromIndexSize(first, count, size);
    whole.read(from + first, ids, offset, count);
  }
}
