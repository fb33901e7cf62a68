package io.github.lyricist.backend;

/** A product of two square matrices in an engine's memory, to measure the machine by. */
public interface SquareProduct extends AutoCloseable {
  /** A backend that has matrix products of its own to measure the machine by. */
  interface Source {
    /** A product {@code [size, size]} as fast as the engine has it. */
    SquareProduct squareProduct(int size);
  }

  /** Computes it, and returns once that is done. */
  void multiply();

  /** Gives the engine's memory back. */
  @Override
  void close();
}
