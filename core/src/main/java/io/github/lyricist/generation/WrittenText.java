package io.github.lyricist.generation;

import io.github.lyricist.constraint.StopTexts;
import io.github.lyricist.generation.Written.Token;
import io.github.lyricist.tokens.Characters;
import io.github.lyricist.tokens.TextDecoder;
import io.github.lyricist.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A text that is written token by token, until it ends. */
final class WrittenText {
  private final Choice choice;
  private final boolean countsBytes;
  private final TextDecoder decoder;
  private final int number;
  private final Search.Reader reader;
  private final Tokenizer tokenizer;
  private final int alternatives;
  private final StopTexts stops;
  private final StringBuilder untold = new StringBuilder(); // may be the beginning of a stop
  private final StringBuilder told = new StringBuilder();
  private final List<Token> tokens = new ArrayList<>();
  private int missing;
  private int missingTokens;
  private boolean isStopped;

  /**
   * @param alternatives how many are told of each token, as {@link Sampling} has it
   * @param number of the text
   */
  WrittenText(
      Choice choice,
      Tokenizer tokenizer,
      Ending ending,
      int alternatives,
      int number,
      Search.Reader reader) {
    this.choice = choice;
    this.countsBytes = tokenizer.countsBytes();
    this.decoder = tokenizer.decoder();
    this.tokenizer = tokenizer;
    this.alternatives = alternatives;
    this.number = number;
    this.reader = reader;
    this.stops = StopTexts.of(ending.stops());
    this.missing = ending.length();
    this.missingTokens = ending.tokens();
  }

  boolean isComplete() {
    return missing <= 0 || missingTokens <= 0;
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
    if (alternatives != Sampling.TEXT_ALONE) {
      Predictions predicted = Predictions.of(tokenizer, logits);
      Token token =
          new Token(more, predicted.logProbability(id), predicted.likeliest(alternatives));
      tokens.add(token);
      reader.token(number, token);
    }
    missingTokens--;
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
      isStopped = true;
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
    return new Written(told.toString(), tokens, isStopped, Map.of());
  }

  private void tell(String more) {
    if (!more.isEmpty()) {
      told.append(more);
      reader.read(number, more);
    }
  }
}
