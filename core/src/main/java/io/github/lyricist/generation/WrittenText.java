package io.github.lyricist.generation;

import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.function.Consumer;

/** A text that is written token by token, until it has its length. */
final class WrittenText {
  private final Decoding decoding;
  private final boolean countsBytes;
  private final TextDecoder decoder;
  private final Consumer<String> reader;
  private int missing;

  /**
   * @param length in characters, or bytes where those are the tokens
   * @param reader told what it became longer by: whole characters, at least one
   */
  WrittenText(Decoding decoding, Tokenizer tokenizer, int length, Consumer<String> reader) {
    this.decoding = decoding;
    this.countsBytes = tokenizer.countsBytes();
    this.decoder = tokenizer.decoder();
    this.reader = reader;
    this.missing = length;
  }

  boolean isComplete() {
    return missing <= 0;
  }

  /** Takes note of a token that the text goes on from. */
  void read(int id) {
    decoding.read(id);
  }

  /**
   * Chooses the next token, and writes it.
   *
   * @param logits {@code float[V]} of the next token; changed by the choice
   */
  int writeNext(float[] logits) {
    int id = decoding.choose(logits);
    String more = decoder.next(id);
    int length = countsBytes ? 1 : Characters.count(more);
    tell(length > missing ? Characters.first(more, missing) : more);
    missing -= length;
    return id;
  }

  /** Writes what is left of its last character, if that is part of its length. */
  void finish() {
    if (countsBytes) {
      tell(decoder.finish());
    }
  }

  private void tell(String more) {
    if (!more.isEmpty()) {
      reader.accept(more);
    }
  }
}
