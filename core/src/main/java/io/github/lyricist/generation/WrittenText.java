package io.github.lyricist.generation;

import io.github.lyricist.constraint.StopTexts;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A text that is written token by token, until it ends. */
final class WrittenText {
  private final Choice choice;
  private final boolean countsBytes;
  private final TextDecoder decoder;
  private final Consumer<String> reader;
  private final boolean isScored;
  private final StopTexts stops;
  private final StringBuilder untold = new StringBuilder(); // may be the beginning of a stop
  private final StringBuilder told = new StringBuilder();
  private final List<Token> tokens = new ArrayList<>();
  private int missing;

  /**
   * @param isScored whether its tokens are kept, with their probabilities
   * @param reader told what it became longer by: whole characters, at least one
   */
  WrittenText(
      Choice choice,
      Tokenizer tokenizer,
      Ending ending,
      boolean isScored,
      Consumer<String> reader) {
    this.choice = choice;
    this.countsBytes = tokenizer.countsBytes();
    this.decoder = tokenizer.decoder();
    this.isScored = isScored;
    this.reader = reader;
    this.stops = StopTexts.of(ending.stops());
    this.missing = ending.length();
  }

  boolean isComplete() {
    return missing <= 0;
  }

  /** Takes note of a token that the text goes on from. */
  void read(int id) {
    choice.read(id);
  }

  /**
   * Chooses the next token, and writes it.
   *
   * @param logits {@code float[V]} of the next token
   */
  int writeNext(float[] logits) {
    int id = choice.choose(logits);
    String more = decoder.next(id);
    if (isScored) {
      tokens.add(new Token(more, logits[id] - Logits.logSumExp(logits)));
    }
    int length = countsBytes ? 1 : Characters.count(more);
    missing -= length;
    add(missing < 0 ? Characters.first(more, length + missing) : more);
    return id;
  }

  private void add(String more) {
    String text = untold.append(more).toString();
    String cut = stops.cut(text);
    if (cut.length() < text.length()) {
      missing = 0;
      untold.setLength(0);
      tell(cut);
    } else {
      int sure = text.length() - stops.begun(text);
      untold.delete(0, sure);
      tell(text.substring(0, sure));
    }
  }

  /**
   * Ends it.
   *
   * @return all of it
   */
  Written finish() {
    String left = decoder.finish();
    tell(untold + (countsBytes ? left : "")); // elsewhere it is no character of its length
    return new Written(told.toString(), tokens, Map.of());
  }

  private void tell(String more) {
    if (!more.isEmpty()) {
      told.append(more);
      reader.accept(more);
    }
  }
}
