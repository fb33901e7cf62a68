package io.github.lyricist.bench;

/** Takes training steps of a workload on an engine, and the time of each. */
public interface StepClock extends AutoCloseable {
  /** Takes so many steps, and returns the milliseconds of each. */
  double[] measure(int steps);

  /** Gives the engine's memory back. */
  @Override
  void close();
}
