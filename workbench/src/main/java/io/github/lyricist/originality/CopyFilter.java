package io.github.lyricist.originality;

import io.github.lyricist.Bytes;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;

/**
 * Which runs of so many characters a text has: a Bloom filter (1970), which says of each that it
 * has, and by mistake of about one in four hundred that it has not. Two bytes per character, up to
 * a limit.
 */
public final class CopyFilter {
  private static final int BITS_PER_CHARACTER = 16;
  private static final int FEWEST_BITS_PER_CHARACTER = 8;
  private static final int HASHES = 4;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final int length;
  private final long[] bits;

  private CopyFilter(int length, long characters) {
    this.length = length;
    long most = 8L * Limits.COPY_FILTER_BYTES;
    if (characters * FEWEST_BITS_PER_CHARACTER > most) {
      throw InvalidInputException.ofKey(
          "max-copy",
          "the training text has %,d characters".formatted(characters),
          "%s of memory tell which runs %,d have at most"
              .formatted(Bytes.text(Limits.COPY_FILTER_BYTES), most / FEWEST_BITS_PER_CHARACTER));
    }
    this.bits = new long[(int) (Math.min(most, characters * BITS_PER_CHARACTER) / 64 + 1)];
  }

  /**
   * Takes a text in.
   *
   * @param length of the runs, in characters
   */
  public static CopyFilter of(TrainingText text, int length) {
    CopyFilter filter = new CopyFilter(length, text.characters());
    int[] run = new int[length];
    int[] known = {0};
    text.forEach(
        character -> {
          if (character == TrainingText.BREAK) {
            known[0] = 0;
            return;
          }
          System.arraycopy(run, 1, run, 0, length - 1);
          run[length - 1] = character;
          known[0]++;
          if (known[0] >= length) {
            filter.add(run);
          }
        });
    return filter;
  }

  /** How many characters a run has. */
  int length() {
    return length;
  }

  private void add(int... run) {
    long hash = hash(run);
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(hash, i);
      bits[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  /** Whether the text has a run of the length, as far as that can be told. */
  boolean contains(int... run) {
    long hash = hash(run);
    for (int i = 0; i < HASHES; i++) {
      long bit = bit(hash, i);
      if ((bits[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private long bit(long hash, int number) {
    long one = hash + number * Long.rotateLeft(hash * FACTOR, 32);
    return Long.remainderUnsigned(one, 64L * bits.length);
  }

  private static long hash(int... run) {
    long hash = 0;
    for (int character : run) {
      hash = (hash ^ character) * FACTOR;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
