package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.Sha256;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/**
 * Cuts text into tokens and joins them again. Token ids count from 0 to V-1. A tokenizer never
 * changes and may be shared between threads.
 */
public interface Tokenizer {
  /** V, the number of tokens. */
  int size();

  /**
   * Tells the token ids of a text of any length, in its order. A text that is encoded in two parts
   * may have other tokens where they meet.
   *
   * @param text its characters one by one, then -1
   * @throws IllegalArgumentException if it has {@linkplain #unknown unknown} tokens, and none
   *     stands for those
   */
  void encode(IntSupplier text, IntConsumer ids);

  /** The same of a text in memory. */
  default int[] encode(CharSequence text) {
    IntStream.Builder ids = IntStream.builder();
    encode(Characters.of(text), ids::add);
    return ids.build().toArray();
  }

  /** The token that stands for whatever is unknown, if there is one. It is never written. */
  default OptionalInt unknownId() {
    return OptionalInt.empty();
  }

  /** Turns the token ids of one text into that text, as they come. */
  TextDecoder decoder();

  /** The text of one token, to be shown; where a token is part of a character, a stand-in. */
  String text(int id);

  /**
   * The characters of a text that have no token of their own, or its words where those are the
   * tokens; in its order, each as often as it comes.
   */
  List<String> unknown(CharSequence text);

  /** A text without what of it is {@linkplain #unknown unknown}. */
  String known(CharSequence text);

  /** The kind of the tokenizer, as files name it, such as {@code character}. */
  String kind();

  /** All that makes this tokenizer differ from others of its kind; a file that has it is enough. */
  String content();

  /** Whether the length of a text is that in bytes, since those are its tokens. */
  default boolean countsBytes() {
    return false;
  }

  /** Whether each token of a text is in the vocabulary. */
  default boolean knows(CharSequence text) {
    return unknown(text).isEmpty();
  }

  /** The text of these token ids. */
  default String decode(int... ids) {
    TextDecoder decoder = decoder();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(decoder.next(id));
    }
    return text.append(decoder.finish()).toString();
  }

  /** A short text that two tokenizers share just if they give every text the same ids. */
  default String identity() {
    String unknown = unknownId().isPresent() ? "+" + WordTokenizer.UNKNOWN : "";
    return kind() + unknown + ":" + Sha256.of(content().getBytes(UTF_8));
  }

  /**
   * The tokenizer that another one was.
   *
   * @param kind as {@link #kind} gave it
   * @param knowsUnknown whether it had an {@link #unknownId}
   * @param content as {@link #content} gave it
   * @throws IllegalArgumentException if there is none such; the message says what of the content
   */
  static Tokenizer of(String kind, boolean knowsUnknown, String content) {
    return switch (kind) {
      case CharacterTokenizer.KIND -> CharacterTokenizer.ofContent(knowsUnknown, content);
      case ByteTokenizer.KIND -> ByteTokenizer.ofContent(content);
      case WordTokenizer.KIND -> WordTokenizer.ofContent(content);
      case BpeTokenizer.KIND -> BpeTokenizer.ofContent(content);
      default -> throw new IllegalArgumentException("is of an unknown kind");
    };
  }
}
