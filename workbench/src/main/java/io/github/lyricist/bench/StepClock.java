package io.github.lyricist.bench;

/** Takes training steps of a workload on an engine, and the time of each. */
public abstract class StepClock implements AutoCloseable {
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  /** Takes so many steps, and returns the milliseconds of each. */
  public final double[] measure(int steps) {
    double[] milliseconds = new double[steps];
    for (int i = 0; i < steps; i++) {
      prepare();
      long start = System.nanoTime();
      step();
      milliseconds[i] = (System.nanoTime() - start) / NANOSECONDS_PER_MILLISECOND;
    }
    return milliseconds;
  }

  /** Makes ready for a step what doesn't belong to it. */
  protected void prepare() {}

  /** Takes the next step, from a state of zeros, and waits for its end. */
  protected abstract void step();

  /** Gives the engine's memory back. */
  @Override
  public abstract void close();
}
