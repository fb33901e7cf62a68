package io.github.lyricist.tokens;

import java.util.Arrays;
import java.util.List;

/**
 * One token for each character (Unicode code point): a vocabulary of distinct characters in
 * ascending order, where a character's token id is its place.
 */
public final class CharacterTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "character";

  private final int[] codePoints; // by id

  private CharacterTokenizer(int[] ascendingCodePoints) {
    this.codePoints = ascendingCodePoints;
  }

  /** The tokenizer whose tokens are the distinct characters of a text. */
  public static CharacterTokenizer of(CharSequence text) {
    return new CharacterTokenizer(text.codePoints().sorted().distinct().toArray());
  }

  @Override
  public int size() {
    return codePoints.length;
  }

  @Override
  public int[] encode(CharSequence text) {
    return text.codePoints().map(this::id).toArray();
  }

  private int id(int codePoint) {
    int id = Arrays.binarySearch(codePoints, codePoint);
    if (id < 0) {
      throw new IllegalArgumentException("unknown character U+%04X".formatted(codePoint));
    }
    return id;
  }

  @Override
  public TextDecoder decoder() {
    return this::text;
  }

  @Override
  public String text(int id) {
    return Character.toString(codePoints[id]);
  }

  @Override
  public List<String> unknown(CharSequence text) {
    return text.codePoints().filter(c -> !contains(c)).mapToObj(Character::toString).toList();
  }

  @Override
  public String known(CharSequence text) {
    int[] known = text.codePoints().filter(this::contains).toArray();
    return new String(known, 0, known.length);
  }

  private boolean contains(int codePoint) {
    return Arrays.binarySearch(codePoints, codePoint) >= 0;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** The vocabulary: all characters, in the order of their ids. */
  @Override
  public String content() {
    return new String(codePoints, 0, codePoints.length);
  }
}
