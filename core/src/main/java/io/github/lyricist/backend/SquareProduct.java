package io.github.lyricist.backend;

/** A product of two square matrices in an engine's memory, to measure the machine by. */
public interface SquareProduct extends AutoCloseable {
  /** Computes it, and returns once that is done. */
  void multiply();

  /** Gives the engine's memory back. */
  @Override
  void close();
}
