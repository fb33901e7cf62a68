package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * One token for each {@linkplain WordPieces word}, and for each thing that stands between words;
 * one more for all words that it doesn't know.
 */
public final class WordTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "word";

  /** Stands for words that are not in the vocabulary; its id is 0. */
  public static final String UNKNOWN = "<unk>";

  private static final int UNKNOWN_ID = 0;

  private final List<String> words; // by id
  private final Map<String, Integer> ids = new HashMap<>();

  private WordTokenizer(List<String> words) {
    this.words = new ArrayList<>(words.size() + 1);
    this.words.add(UNKNOWN);
    this.words.addAll(words);
    for (String word : words) {
      if (word.isEmpty() || ids.put(word, 1 + ids.size()) != null) {
        throw new IllegalArgumentException(
            word.isEmpty() ? "has an empty word" : "has '%s' twice".formatted(Excerpt.of(word)));
      }
    }
  }

  /**
   * The words of a text, the most frequent first.
   *
   * @param most how many tokens there may be
   * @param minCount how often a word comes at least
   */
  public static WordTokenizer learn(PieceCounts pieces, int most, long minCount) {
    return of(List.of()).grown(pieces, most, minCount);
  }

  /**
   * The tokenizer with these words.
   *
   * @param words by id, from 1
   * @throws IllegalArgumentException if one is empty, or there twice
   */
  public static WordTokenizer of(List<String> words) {
    return new WordTokenizer(words);
  }

  /** With the words of a text besides, which follow those that it has. */
  public WordTokenizer grown(PieceCounts pieces, int most, long minCount) {
    List<String> all = new ArrayList<>(words.subList(1, words.size()));
    pieces.from(minCount).stream()
        .map(Map.Entry::getKey)
        .filter(word -> !ids.containsKey(word))
        .limit(Math.max(0, most - size()))
        .forEach(all::add);
    return of(all);
  }

  /**
   * The tokenizer with these words.
   *
   * @param content as {@link #content} gives it
   * @throws IllegalArgumentException if that can't be
   */
  static WordTokenizer ofContent(String content) {
    return of(
        content.lines().map(spelling -> new String(ByteAlphabet.bytes(spelling), UTF_8)).toList());
  }

  @Override
  public int size() {
    return words.size();
  }

  @Override
  public void encode(IntSupplier text, IntConsumer to) {
    new WordPieces().forEach(text, piece -> to.accept(ids.getOrDefault(piece, UNKNOWN_ID)));
  }

  @Override
  public OptionalInt unknownId() {
    return OptionalInt.of(UNKNOWN_ID);
  }

  @Override
  public TextDecoder decoder() {
    return words::get;
  }

  @Override
  public String text(int id) {
    return words.get(id);
  }

  /** The words, by id. */
  public List<String> words() {
    return Collections.unmodifiableList(words);
  }

  @Override
  public List<String> unknown(CharSequence text) {
    List<String> unknown = new ArrayList<>();
    forEach(text, piece -> unknown.add(piece), false);
    return unknown;
  }

  @Override
  public String known(CharSequence text) {
    StringBuilder known = new StringBuilder();
    forEach(text, known::append, true);
    return known.toString();
  }

  private void forEach(CharSequence text, Consumer<String> action, boolean known) {
    new WordPieces()
        .forEach(
            text,
            piece -> {
              if (ids.containsKey(piece) == known) {
                action.accept(piece);
              }
            });
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** The words but {@link #UNKNOWN}, in the order of their ids, each spelled on a line. */
  @Override
  public String content() {
    return words.stream().skip(1).map(ByteAlphabet::spell).collect(Collectors.joining("\n"));
  }
}
