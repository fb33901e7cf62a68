package io.github.lyricist.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;

/** One token for each byte, its value the id: of any file as it is, of a text as its UTF-8. */
public final class ByteTokenizer implements Tokenizer {
  /** What files call it. */
  public static final String KIND = "byte";

  private static final int SIZE = 256;
  private static final int FIRST_SHOWN = ' ';
  private static final int LAST_SHOWN = '~';

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int[] encode(CharSequence text) {
    if (!knows(text)) {
      throw new IllegalArgumentException("half of a surrogate pair, which has no UTF-8");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return ids;
  }

  @Override
  public TextDecoder decoder() {
    return new Utf8Text();
  }

  /** Bytes that come one after another, as the characters that they are the UTF-8 of. */
  private static final class Utf8Text implements TextDecoder {
    private static final int LONGEST = 4; // bytes of a character

    private final CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST + 1);
    private final CharBuffer text = CharBuffer.allocate(2 * LONGEST);

    @Override
    public String next(int id) {
      bytes.put((byte) id).flip();
      decoder.decode(bytes, text, false);
      bytes.compact();
      return taken();
    }

    @Override
    public String finish() {
      bytes.flip();
      decoder.decode(bytes, text, true);
      decoder.flush(text);
      return taken();
    }

    private String taken() {
      String taken = text.flip().toString();
      text.clear();
      return taken;
    }
  }

  @Override
  public String text(int id) {
    return id >= FIRST_SHOWN && id <= LAST_SHOWN
        ? Character.toString(id)
        : "<0x%02X>".formatted(id);
  }

  @Override
  public List<String> unknown(CharSequence text) {
    return text.codePoints().mapToObj(Character::toString).filter(Characters::isHalf).toList();
  }

  @Override
  public String known(CharSequence text) {
    int[] known =
        text.codePoints().filter(c -> !Characters.isHalf(Character.toString(c))).toArray();
    return new String(known, 0, known.length);
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
