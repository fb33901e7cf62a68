package io.github.lyricist.benchmark;

/**
 * What one engine took for a workload.
 *
 * @param engine its name
 * @param workload what was timed
 * @param milliseconds of a step
 */
public record Timing(String engine, Workload workload, Spread milliseconds) {

  /** Operations of the matrix products in a second, in thousands of millions. */
  public double gigaflops() {
    return workload.operations() / milliseconds.median() / 1e6;
  }
}
