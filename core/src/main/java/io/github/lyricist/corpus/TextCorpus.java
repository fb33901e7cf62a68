package io.github.lyricist.corpus;

import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;

/** A corpus whose tokens are its text's characters, or its bytes. */
public final class TextCorpus implements Corpus {
  private final Text text;
  private final Tokenizer tokenizer;
  private final int[] ids; // by the text's codes

  /** A corpus of a text, for each of whose characters the tokenizer has one token. */
  TextCorpus(Text text, Tokenizer tokenizer) {
    this.text = text;
    this.tokenizer = tokenizer;
    this.ids = tokenizer.countsBytes() ? text.distinct() : tokenizer.encode(text.alphabet());
  }

  /** A corpus of a text given as a string, in its characters. */
  public static TextCorpus of(String source, String characters) {
    Text text = Text.of(source, characters);
    return new TextCorpus(text, CharacterTokenizer.of(text.alphabet()));
  }

  @Override
  public String source() {
    return text.source();
  }

  @Override
  public String sha256() {
    return text.sha256();
  }

  @Override
  public long characters() {
    return text.size();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public long size() {
    return text.size();
  }

  @Override
  public void read(long from, int[] to, int offset, int count) {
    text.codes().read(from, to, offset, count);
    for (int i = offset; i < offset + count; i++) {
      to[i] = ids[to[i]];
    }
  }
}
