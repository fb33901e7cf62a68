package io.github.lyricist.interchange;

import java.util.Arrays;
import java.util.Optional;

/** What a recurrent module of a state dict reads of each token. */
public enum Input {
  ONE_HOT("one-hot"),
  EMBEDDING("embedding");

  private final String text;

  Input(String text) {
    this.text = text;
  }

  /** The one with this name, if there is one. */
  public static Optional<Input> called(String text) {
    return Arrays.stream(values()).filter(input -> input.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
