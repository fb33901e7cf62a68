package io.github.lyricist.corpus;

import java.util.Arrays;

/** A corpus held in memory at two bytes a character. */
public final class TextCorpus implements Corpus {
  private final String source;
  private final String sha256;
  private final Vocabulary vocabulary;
  private final CodePoints text;
  private final int[] ids; // by the text's codes

  /** A corpus of these characters, all of which the vocabulary has. */
  TextCorpus(String source, CodePoints text, Vocabulary vocabulary) {
    this.source = source;
    this.sha256 = sha256(text);
    this.vocabulary = vocabulary;
    this.text = text;
    this.ids = Arrays.stream(text.distinct()).map(vocabulary::id).toArray();
  }

  /** A corpus of these characters, with a vocabulary of its own. */
  static TextCorpus of(String source, CodePoints text) {
    return new TextCorpus(source, text, Vocabulary.of(text.distinct()));
  }

  /** A corpus of a text given as a string. */
  public static TextCorpus of(String source, String text) {
    return of(source, CodePoints.of(text.codePoints().toArray()));
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
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public int size() {
    return text.size();
  }

  @Override
  public int token(int index) {
    return ids[text.code(index)];
  }

  private static String sha256(CodePoints text) {
    Utf8Digest digest = new Utf8Digest();
    text.forEach(digest::add);
    return digest.sha256();
  }
}
