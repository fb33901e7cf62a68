package io.github.lyricist.corpus;

import io.github.lyricist.tokens.CharacterTokenizer;
import io.github.lyricist.tokens.Tokenizer;
import java.util.Objects;

/** A corpus of characters, held in memory at two bytes each. */
public final class TextCorpus implements Corpus {
  private final String source;
  private final String sha256;
  private final Tokenizer tokenizer;
  private final CodePoints text;
  private final int[] ids; // by the text's codes

  /** A corpus of these characters, all of which the tokenizer has a token for. */
  TextCorpus(String source, CodePoints text, Tokenizer tokenizer) {
    this.source = source;
    this.sha256 = sha256(text);
    this.tokenizer = tokenizer;
    this.text = text;
    this.ids = tokenizer.encode(text.distinct());
  }

  /** A corpus of these characters, with a tokenizer of its own. */
  static TextCorpus of(String source, CodePoints text) {
    return new TextCorpus(source, text, CharacterTokenizer.of(text.distinct()));
  }

  /** A corpus of a text given as a string. */
  public static TextCorpus of(String source, String text) {
    return of(source, CodePoints.of(text));
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
    Objects.checkFromIndexSize(from, count, size());
    Objects.checkFromIndexSize(offset, count, to.length);
    text.readCodes(from, to, offset, count);
    for (int i = offset; i < offset + count; i++) {
      to[i] = ids[to[i]];
    }
  }

  private static String sha256(CodePoints text) {
    Utf8Digest digest = new Utf8Digest();
    text.forEach(digest::add);
    return digest.sha256();
  }
}
