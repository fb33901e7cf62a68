package io.github.lyricist.bench;

import java.util.OptionalLong;

/**
 * What one engine took for a workload.
 *
 * @param engine its name
 * @param workload what was timed
 * @param milliseconds of a step
 * @param peakMemory bytes that its process held at most, where the system tells it
 */
public record Timing(
    String engine, Workload workload, Spread milliseconds, OptionalLong peakMemory) {

  /** Operations of the matrix products in a second, in thousands of millions. */
  public double gigaflops() {
    return workload.operations() / milliseconds.median() / 1e6;
  }
}
