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
  private final int[] tokens;

  private TextCorpus(String source, String sha256, Vocabulary vocabulary, int[] tokens) {
    this.source = source;
    this.sha256 = sha256;
    this.vocabulary = vocabulary;
    this.tokens = tokens;
  }

  /**
   * A corpus of these characters, with a vocabulary of its own.
   *
   * @param codePoints the text; the corpus takes the array over and overwrites it with token ids
   */
  static TextCorpus of(String source, int[] codePoints) {
    return of(source, codePoints, Vocabulary.of(codePoints));
  }

  /**
   * A corpus of these characters, all of which the vocabulary has.
   *
   * @param codePoints the text; the corpus takes the array over and overwrites it with token ids
   */
  static TextCorpus of(String source, int[] codePoints, Vocabulary vocabulary) {
    String sha256 = sha256(codePoints);
    for (int i = 0; i < codePoints.length; i++) {
      codePoints[i] = vocabulary.id(codePoints[i]);
    }
    return new TextCorpus(source, sha256, vocabulary, codePoints);
  }

  /** A corpus of a text given as a string. */
  public static TextCorpus of(String source, String text) {
    return of(source, text.codePoints().toArray());
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
    return tokens.length;
  }

  @Override
  public int token(int index) {
    return tokens[index];
  }

  private static String sha256(int[] codePoints) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    int block = 1 << 16;
    for (int from = 0; from < codePoints.length; from += block) {
      int count = Math.min(block, codePoints.length - from);
      digest.update(new String(codePoints, from, count).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
