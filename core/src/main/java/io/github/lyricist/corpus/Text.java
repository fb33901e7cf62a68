package io.github.lyricist.corpus;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A text of any length. Each distinct character has a code, in the order in which they first came;
 * the text is a row of codes. Where its tokens are bytes, those are its characters.
 *
 * @param source where it came from, as the user named it
 * @param sha256 of it as UTF-8, or of its bytes, in hexadecimal
 * @param distinct the distinct characters, by code
 * @param counts how often each comes, by code
 * @param notices what is odd about it, in one line each
 * @param codes an index into {@code distinct} for each character
 */
record Text(
    String source, String sha256, int[] distinct, long[] counts, List<String> notices, Ids codes) {
  static final int WIDTH = Character.BYTES; // of a code
  private static final int READ_AT_ONCE = 1 << 12;

  /** A text given as a string. */
  static Text of(String source, CharSequence characters) {
    HeapIds.Builder ids = new HeapIds.Builder(WIDTH);
    Writer writer = new Writer(ids, false);
    characters.codePoints().forEach(writer::add);
    return read(source, new TextCache.Entry(writer.head(List.of()), ids.build()));
  }

  /** What a {@link Writer} wrote. */
  static Text read(String source, TextCache.Entry entry) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry.head()))) {
      String sha256 = in.readUTF();
      int count = in.readInt();
      int[] distinct = new int[count];
      long[] counts = new long[count];
      for (int code = 0; code < count; code++) {
        distinct[code] = in.readInt();
        counts[code] = in.readLong();
      }
      List<String> notices = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        notices.add(in.readUTF());
      }
      return new Text(source, sha256, distinct, counts, notices, entry.ids());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Number of characters. */
  long size() {
    return codes.size();
  }

  /** The distinct characters, in the order of their codes. */
  String alphabet() {
    return new String(distinct, 0, distinct.length);
  }

  /** The distinct characters that come so often at least. */
  String alphabet(long minCount) {
    StringBuilder alphabet = new StringBuilder();
    for (int code = 0; code < distinct.length; code++) {
      if (counts[code] >= minCount) {
        alphabet.appendCodePoint(distinct[code]);
      }
    }
    return alphabet.toString();
  }

  /** So many characters from one on, one by one, then -1. */
  IntSupplier characters(long from, long count) {
    int[] block = new int[READ_AT_ONCE];
    return new IntSupplier() {
      private long at = from;
      private int inBlock = block.length;

      @Override
      public int getAsInt() {
        if (at == from + count) {
          return -1;
        }
        if (inBlock == block.length) {
          codes.read(at, block, 0, (int) Math.min(block.length, from + count - at));
          inBlock = 0;
        }
        at++;
        return distinct[block[inBlock++]];
      }
    };
  }

  /** Writes a text as it comes. */
  static final class Writer {
    private final IdSink codes;
    private final boolean bytes;
    private final TextDigest digest = new TextDigest();
    private long size;
    private int[] distinct = new int[128]; // by code
    private long[] counts = new long[128]; // by code
    private int[] codesAndOne = new int[128]; // by character: its code and 1, or 0
    private int distinctCount;

    /**
     * @param bytes whether its characters are bytes
     */
    Writer(IdSink codes, boolean bytes) {
      this.codes = codes;
      this.bytes = bytes;
    }

    /**
     * Appends a character, or a byte.
     *
     * @throws InvalidInputException if there are too many distinct ones
     */
    void add(int character) {
      int code = character < codesAndOne.length ? codesAndOne[character] - 1 : -1;
      if (code < 0) {
        code = newCode(character);
      }
      if (bytes) {
        digest.addByte(character);
      } else {
        digest.add(character);
      }
      counts[code]++;
      codes.add(code);
      size++;
    }

    private int newCode(int character) {
      if (distinctCount == Limits.DISTINCT_CHARACTERS) {
        throw InvalidInputException.ofKey(
            "corpus.source",
            "the text has more than %,d distinct characters".formatted(Limits.DISTINCT_CHARACTERS),
            "give one in a language that people write");
      }
      if (character >= codesAndOne.length) {
        codesAndOne = Arrays.copyOf(codesAndOne, Integer.highestOneBit(character) << 1);
      }
      if (distinctCount == distinct.length) {
        distinct = Arrays.copyOf(distinct, 2 * distinctCount);
        counts = Arrays.copyOf(counts, 2 * distinctCount);
      }
      distinct[distinctCount++] = character;
      codesAndOne[character] = distinctCount;
      return distinctCount - 1;
    }

    long size() {
      return size;
    }

    /** What there is to know besides the codes; the end of this object's use. */
    byte[] head(List<String> notices) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      try {
        out.writeUTF(digest.sha256());
        out.writeInt(distinctCount);
        for (int code = 0; code < distinctCount; code++) {
          out.writeInt(distinct[code]);
          out.writeLong(counts[code]);
        }
        out.writeInt(notices.size());
        for (String notice : notices) {
          out.writeUTF(notice);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
