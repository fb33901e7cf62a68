package io.github.lyricist.model;

/**
 * What a recurrent network remembers of B sequences between two calls, wherever the engine keeps
 * it: {@link HiddenState} on Java's heap, or the engine's own on a GPU, from where it is copied
 * only when asked for. It belongs to whoever asked the model for it. Not for several threads at
 * once.
 */
public interface RecurrentState extends AutoCloseable {
  /** B. */
  int batchSize();

  /** Back to zero. */
  void clear();

  /** A copy on Java's heap, which later calls on this state don't change. */
  HiddenState copy();

  /**
   * Takes over the numbers of another state.
   *
   * @param values of the same model, and as many sequences
   */
  void set(HiddenState values);

  /** Gives the engine's memory back; a second call does nothing. */
  @Override
  void close();
}
