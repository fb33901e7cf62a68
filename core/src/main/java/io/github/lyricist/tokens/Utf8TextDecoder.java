package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.function.IntFunction;

/** Tokens that are bytes, one or several each, as the characters that they are the UTF-8 of. */
final class Utf8TextDecoder implements TextDecoder {
  private static final int LONGEST = 4; // bytes of a character

  private final IntFunction<byte[]> bytesOf;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer waiting = ByteBuffer.allocate(LONGEST + 1);
  private final CharBuffer text = CharBuffer.allocate(2 * LONGEST);

  /**
   * @param bytesOf the bytes of a token, by its id
   */
  Utf8TextDecoder(IntFunction<byte[]> bytesOf) {
    this.bytesOf = bytesOf;
  }

  @Override
  public String next(int id) {
    StringBuilder complete = new StringBuilder();
    for (byte value : bytesOf.apply(id)) {
      waiting.put(value).flip();
      decoder.decode(waiting, text, false);
      waiting.compact();
      complete.append(taken());
    }
    return complete.toString();
  }

  @Override
  public String finish() {
    waiting.flip();
    decoder.decode(waiting, text, true);
    decoder.flush(text);
    return taken();
  }

  @Override
  public boolean isWithinCharacter() {
    return waiting.position() > 0;
  }

  @Override
  public TextDecoder copy() {
    Utf8TextDecoder copy = new Utf8TextDecoder(bytesOf);
    copy.waiting.put(waiting.duplicate().flip());
    return copy;
  }

  private String taken() {
    String taken = text.flip().toString();
    text.clear();
    return taken;
  }
}
