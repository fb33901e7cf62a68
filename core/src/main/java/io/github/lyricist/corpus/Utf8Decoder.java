package io.github.lyricist.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** A stream of bytes as Unicode code points; malformed UTF-8 is an error that names its offset. */
final class Utf8Decoder {
  private final InputStream in;
  private final String source;
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 16).flip();
  private long offsetOfBuffer;
  private boolean endOfInput;
  private long codePointsRead;

  Utf8Decoder(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  /** The next code point, or -1 at the end. */
  int read() throws IOException {
    if (!chars.hasRemaining() && !fill()) {
      return -1;
    }
    codePointsRead++;
    char first = chars.get();
    // The decoder never splits a pair between two fills: both halves come from one byte sequence.
    return Character.isHighSurrogate(first) ? Character.toCodePoint(first, chars.get()) : first;
  }

  long codePointsRead() {
    return codePointsRead;
  }

  private boolean fill() throws IOException {
    chars.clear();
    while (chars.position() == 0) {
      CoderResult result = decoder.decode(bytes, chars, endOfInput);
      if (result.isError()) {
        // What stands before the fault may be all that the limit asks for: hand it out first.
        if (chars.position() > 0) {
          break;
        }
        throw InvalidInputException.at(source, fault(), "convert the file to UTF-8");
      }
      if (result.isUnderflow() && chars.position() == 0) {
        if (endOfInput) {
          break;
        }
        refill();
      }
    }
    chars.flip();
    return chars.hasRemaining();
  }

  private String fault() {
    long offset = offsetOfBuffer + bytes.position();
    if (offset == 0 && bytes.remaining() > 1) {
      int mark = bytes.getShort(bytes.position()) & 0xFFFF;
      if (mark == 0xFEFF || mark == 0xFFFE) {
        return "it is UTF-16, as its first two bytes say";
      }
    }
    return "not UTF-8 at byte offset " + offset;
  }

  private void refill() throws IOException {
    offsetOfBuffer += bytes.position();
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (read < 0) {
      endOfInput = true;
    } else {
      bytes.position(bytes.position() + read);
    }
    bytes.flip();
  }
}
