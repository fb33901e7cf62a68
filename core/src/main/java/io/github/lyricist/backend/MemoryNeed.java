package io.github.lyricist.backend;

/**
 * The memory that a model will take, and that there is, as the engine that computes with it knows
 * them.
 *
 * @param where which memory: {@code Java's heap}, {@code the machine's memory}, {@code cuda:0}
 * @param needed bytes, above what the engine takes anyway
 * @param available bytes
 * @param toGetMore what a user can do to have more of it, in a few words
 */
public record MemoryNeed(String where, long needed, long available, String toGetMore) {
  /** Whether it suffices. */
  public boolean isMet() {
    return needed <= available;
  }
}
