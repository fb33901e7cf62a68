package io.github.lyricist.tokens;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * One token for each character (Unicode code point): a vocabulary of distinct characters in
 * ascending order, where a character's token id is its place. Where it is asked for, one more, the
 * last, stands for all others.
 */
public final class CharacterTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "character";

  private final int[] codePoints; // by id
  private final boolean knowsOthers;

  private CharacterTokenizer(int[] ascendingCodePoints, boolean knowsOthers) {
    this.codePoints = ascendingCodePoints;
    this.knowsOthers = knowsOthers;
  }

  /** The tokenizer whose tokens are the distinct characters of a text. */
  public static CharacterTokenizer of(CharSequence text) {
    return new CharacterTokenizer(text.codePoints().sorted().distinct().toArray(), false);
  }

  /** The same with a token for all other characters. */
  public static CharacterTokenizer withUnknown(CharSequence text) {
    return new CharacterTokenizer(of(text).codePoints, true);
  }

  static CharacterTokenizer ofContent(boolean knowsOthers, String content) {
    int[] characters = content.codePoints().toArray();
    CharacterTokenizer tokenizer = new CharacterTokenizer(of(content).codePoints, knowsOthers);
    if (characters.length == 0 || !Arrays.equals(characters, tokenizer.codePoints)) {
      throw new IllegalArgumentException("is not distinct characters in ascending order");
    }
    if (!Characters.halves(content).isEmpty()) {
      throw new IllegalArgumentException("has half of a surrogate pair");
    }
    return tokenizer;
  }

  /** With the characters of a text besides; the ids stay in the order of the characters. */
  public CharacterTokenizer grown(CharSequence text) {
    return new CharacterTokenizer(of(content() + text).codePoints, knowsOthers);
  }

  @Override
  public int size() {
    return codePoints.length + (knowsOthers ? 1 : 0);
  }

  @Override
  public void encode(IntSupplier text, IntConsumer ids) {
    for (int next = text.getAsInt(); next >= 0; next = text.getAsInt()) {
      ids.accept(id(next));
    }
  }

  private int id(int codePoint) {
    int id = Arrays.binarySearch(codePoints, codePoint);
    if (id >= 0) {
      return id;
    }
    if (!knowsOthers) {
      throw new IllegalArgumentException("unknown character U+%04X".formatted(codePoint));
    }
    return codePoints.length;
  }

  @Override
  public OptionalInt unknownId() {
    return knowsOthers ? OptionalInt.of(codePoints.length) : OptionalInt.empty();
  }

  @Override
  public TextDecoder decoder() {
    return this::text;
  }

  @Override
  public String text(int id) {
    return id < codePoints.length ? Character.toString(codePoints[id]) : WordTokenizer.UNKNOWN;
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
