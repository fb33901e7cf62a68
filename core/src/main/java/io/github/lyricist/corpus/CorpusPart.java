package io.github.lyricist.corpus;

import java.util.Objects;

/**
 * A stretch of a corpus, with the whole one's vocabulary and provenance.
 *
 * @param whole the corpus that it is a part of
 * @param from its first character, an index into the whole
 * @param size how many characters it has
 */
public record CorpusPart(Corpus whole, int from, int size) implements Corpus {
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
  public Vocabulary vocabulary() {
    return whole.vocabulary();
  }

  @Override
  public int token(int index) {
    return whole.token(from + Objects.checkIndex(index, size));
  }
}
