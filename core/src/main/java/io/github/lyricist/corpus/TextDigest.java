package io.github.lyricist.corpus;

import io.github.lyricist.Sha256;
import java.security.MessageDigest;

/** The SHA-256 of bytes, or of characters as their UTF-8 (RFC 3629), as they come. */
final class TextDigest {
  private static final int LONGEST = 4; // bytes of a character

  private final MessageDigest digest = Sha256.digest();
  private final byte[] bytes = new byte[1 << 16];
  private int count;

  void addByte(int value) {
    if (count > bytes.length - LONGEST) {
      digest.update(bytes, 0, count);
      count = 0;
    }
    bytes[count++] = (byte) value;
  }

  void add(int codePoint) {
    if (codePoint < 0x80) {
      addByte(codePoint);
    } else if (codePoint < 0x800) {
      addByte(0xC0 | (codePoint >> 6));
      addContinuation(codePoint);
    } else if (codePoint < 0x10000) {
      addByte(0xE0 | (codePoint >> 12));
      addContinuation(codePoint >> 6);
      addContinuation(codePoint);
    } else {
      addByte(0xF0 | (codePoint >> 18));
      addContinuation(codePoint >> 12);
      addContinuation(codePoint >> 6);
      addContinuation(codePoint);
    }
  }

  private void addContinuation(int bits) {
    addByte(0x80 | (bits & 0x3F));
  }

  /** In hexadecimal, of all that was added; the end of this object's use. */
  String sha256() {
    digest.update(bytes, 0, count);
    return Sha256.hex(digest);
  }
}
