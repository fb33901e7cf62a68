package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Byte-level byte-pair encoding, as GPT-2's (Radford et al., 2019): pairs of bytes that are
 * frequent become tokens, within {@linkplain SubwordPieces pieces} of the text. It knows every
 * text.
 */
public final class BpeTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "bpe";

  /** The vocabulary without any pair: all bytes. */
  public static final int LEAST_SIZE = BytePairs.BYTES;

  private static final int MOST_REMEMBERED = 1 << 16; // pieces that were encoded before
  private static final int LONGEST_REMEMBERED = 64; // characters of one

  private final BytePairs pairs;

  private BpeTokenizer(BytePairs pairs) {
    this.pairs = pairs;
  }

  /**
   * Learns a vocabulary.
   *
   * @param vocabularySize how many tokens there should be; fewer, where no pair comes twice
   */
  public static BpeTokenizer learn(PieceCounts pieces, int vocabularySize) {
    return new BpeTokenizer(BytePairLearner.learn(pieces, vocabularySize));
  }

  /**
   * The tokenizer with these pairs.
   *
   * @param content as {@link #content} gives it
   * @throws IllegalArgumentException if that can't be
   */
  static BpeTokenizer ofContent(String content) {
    return ofMerges(content.lines().toList());
  }

  /**
   * The tokenizer with these pairs.
   *
   * @param merges as {@link #merges} gives them
   * @throws IllegalArgumentException if that can't be
   */
  public static BpeTokenizer ofMerges(List<String> merges) {
    BytePairs pairs = new BytePairs();
    merges.forEach(
        line -> {
          String[] sides = line.split(" ", -1);
          int left = pairs.id(sides[0]);
          int right = sides.length == 2 ? pairs.id(sides[1]) : -1;
          int before = pairs.pairs().size();
          if (left >= 0 && right >= 0) {
            pairs.add(BytePairs.pair(left, right));
          }
          if (pairs.pairs().size() == before) {
            throw new IllegalArgumentException(
                "has '%s', which is no new pair of tokens from before".formatted(Excerpt.of(line)));
          }
        });
    return new BpeTokenizer(pairs);
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public void encode(IntSupplier text, IntConsumer ids) {
    Map<String, int[]> remembered = new HashMap<>();
    new SubwordPieces()
        .forEach(
            text,
            piece -> {
              int[] known = remembered.get(piece);
              if (known == null) {
                known = pairs.encode(piece.getBytes(UTF_8));
                if (piece.length() <= LONGEST_REMEMBERED && remembered.size() < MOST_REMEMBERED) {
                  remembered.put(piece, known);
                }
              }
              for (int id : known) {
                ids.accept(id);
              }
            });
  }

  @Override
  public TextDecoder decoder() {
    return new Utf8TextDecoder(pairs::bytes);
  }

  /** The characters of a token, or its spelling where it ends within one. */
  @Override
  public String text(int id) {
    String text = decode(id);
    return spelling(id).equals(ByteAlphabet.spell(text)) ? text : spelling(id);
  }

  /** A token as {@code tokenizer.json} has it: a letter for each byte, {@code Ġ} for a space. */
  public String spelling(int id) {
    return ByteAlphabet.spell(pairs.bytes(id));
  }

  /** The pairs of spellings that become one, in the order in which they are merged. */
  public List<String> merges() {
    List<String> merges = new ArrayList<>();
    for (long pair : pairs.pairs()) {
      merges.add(spelling(BytePairs.left(pair)) + " " + spelling(BytePairs.right(pair)));
    }
    return merges;
  }

  @Override
  public List<String> unknown(CharSequence text) {
    return Characters.halves(text);
  }

  @Override
  public String known(CharSequence text) {
    return Characters.withoutHalves(text);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** The {@linkplain #merges merges}, a line each, as in GPT-2's {@code merges.txt}. */
  @Override
  public String content() {
    return String.join("\n", merges());
  }
}
