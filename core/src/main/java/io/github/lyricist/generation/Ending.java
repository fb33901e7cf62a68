package io.github.lyricist.generation;

import io.github.lyricist.InvalidInputException;
import java.util.List;

/**
 * What ends a text.
 *
 * @param length in characters after the prefix; in bytes, where those are the tokens
 * @param tokens how many it has at most
 * @param stops texts, before the first of which it ends
 */
public record Ending(int length, int tokens, List<String> stops) {

  public Ending {
    if (length < 0) {
      throw InvalidInputException.ofKey("length", "found " + length, "expected 0 or more");
    }
    if (stops.contains("")) {
      throw InvalidInputException.ofKey("stop", "it is empty", "give at least one character");
    }
    stops = List.copyOf(stops);
  }

  /** After so many characters. */
  public static Ending after(int length) {
    return new Ending(length, Integer.MAX_VALUE, List.of());
  }

  /** After so many tokens. */
  public static Ending afterTokens(int tokens) {
    return new Ending(Integer.MAX_VALUE, tokens, List.of());
  }

  /** Or before the first of these texts. */
  public Ending orBefore(List<String> texts) {
    return new Ending(length, tokens, texts);
  }
}
