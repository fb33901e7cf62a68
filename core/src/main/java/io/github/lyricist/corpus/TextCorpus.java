package io.github.lyricist.corpus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A corpus held in memory at four bytes a character. */
public final class TextCorpus implements Corpus {
  private final String source;
  private final String sha256;
  private final Vocabulary vocabulary;
  private final CodePoints tokens;

  private TextCorpus(String source, String sha256, Vocabulary vocabulary, CodePoints tokens) {
    this.source = source;
    this.sha256 = sha256;
    this.vocabulary = vocabulary;
    this.tokens = tokens;
  }

  /**
   * A corpus of these characters, with a vocabulary of its own.
   *
   * @param codePoints the text; the corpus takes it over and replaces it by token ids
   */
  static TextCorpus of(String source, CodePoints codePoints) {
    return of(source, codePoints, Vocabulary.of(codePoints));
  }

  /**
   * A corpus of these characters, all of which the vocabulary has.
   *
   * @param codePoints the text; the corpus takes it over and replaces it by token ids
   */
  static TextCorpus of(String source, CodePoints codePoints, Vocabulary vocabulary) {
    String sha256 = sha256(codePoints);
    int[] ids = vocabulary.idsByCodePoint();
    codePoints.replaceAll(codePoint -> ids[codePoint]);
    return new TextCorpus(source, sha256, vocabulary, codePoints);
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
    return tokens.size();
  }

  @Override
  public int token(int index) {
    return tokens.get(index);
  }

  private static String sha256(CodePoints codePoints) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    codePoints.forEachBlock(
        (block, count) ->
            digest.update(new String(block, 0, count).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
