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
  private static final String HEAP = "Java's heap";

  /** A need of memory on Java's heap. */
  public static MemoryNeed ofHeap(double bytes) {
    return new MemoryNeed(
        HEAP, (long) bytes, Runtime.getRuntime().maxMemory(), "give Java more (JAVA_OPTS=-Xmx…)");
  }

  /** A need of the machine's memory, outside of Java's heap. */
  public static MemoryNeed ofMachine(double bytes) {
    return new MemoryNeed(
        "the machine's memory",
        (long) bytes,
        NativePlatform.availableMemory(),
        "end other programs, or use a machine that has more");
  }

  /** Whether it is a need of Java's heap, where an experiment keeps things besides. */
  public boolean isOfHeap() {
    return where.equals(HEAP);
  }

  /** Whether it suffices. */
  public boolean isMet() {
    return needed <= available;
  }
}
