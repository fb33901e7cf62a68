package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** One token for each byte, its value the id: of any file as it is, of a text as its UTF-8. */
public final class ByteTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "byte";

  private static final int SIZE = 256;
  private static final int FIRST_SHOWN = ' ';
  private static final int LAST_SHOWN = '~';

  static ByteTokenizer ofContent(String content) {
    if (!content.isEmpty()) {
      throw new IllegalArgumentException("should be empty, for its tokens are bytes");
    }
    return new ByteTokenizer();
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public void encode(IntSupplier text, IntConsumer ids) {
    for (int next = text.getAsInt(); next >= 0; next = text.getAsInt()) {
      String character = Character.toString(next);
      if (Characters.isHalf(character)) {
        throw new IllegalArgumentException("half of a surrogate pair, which has no UTF-8");
      }
      for (byte value : character.getBytes(UTF_8)) {
        ids.accept(Byte.toUnsignedInt(value));
      }
    }
  }

  @Override
  public TextDecoder decoder() {
    return new Utf8TextDecoder(id -> new byte[] {(byte) id});
  }

  @Override
  public String text(int id) {
    return id >= FIRST_SHOWN && id <= LAST_SHOWN
        ? Character.toString(id)
        : "<0x%02X>".formatted(id);
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
  public boolean countsBytes() {
    return true;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Nothing: there is one tokenizer of this kind. */
  @Override
  public String content() {
    return "";
  }
}
