package io.github.lyricist.tokens;

import java.util.List;

/** Tokens that are parts of characters: UTF-16's units, of which an emoji takes two. */
public final class SplitTokenizer implements Tokenizer {
  @Override
  public int size() {
    return 1 << Character.SIZE;
  }

  @Override
  public int[] encode(CharSequence text) {
    return text.chars().toArray();
  }

  @Override
  public TextDecoder decoder() {
    return new TextDecoder() {
      private String begun = "";

      @Override
      public String next(int id) {
        String text = begun + (char) id;
        begun = Character.isHighSurrogate((char) id) ? text : "";
        return begun.isEmpty() ? text : "";
      }

      @Override
      public String finish() {
        return begun.isEmpty() ? "" : "\uFFFD";
      }
    };
  }

  @Override
  public String text(int id) {
    return Character.isSurrogate((char) id) ? "\uFFFD" : String.valueOf((char) id);
  }

  @Override
  public List<String> unknown(CharSequence text) {
    return List.of();
  }

  @Override
  public String known(CharSequence text) {
    return text.toString();
  }

  @Override
  public String kind() {
    return "split";
  }

  @Override
  public String content() {
    return "";
  }
}
