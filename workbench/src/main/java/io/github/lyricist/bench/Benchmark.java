package io.github.lyricist.bench;

import java.util.List;
import java.util.Map;

/**
 * What engines took, measured turn by turn.
 *
 * @param threads how many each computed with
 * @param engines their versions and devices, by name
 * @param productGigaflops the rate of each engine's square products in the same minutes, in
 *     thousands of millions of operations per second, by name
 * @param timings of each workload on each engine
 */
public record Benchmark(
    int threads,
    Map<String, String> engines,
    Map<String, Double> productGigaflops,
    List<Timing> timings) {

  /** The machine's rate: the highest that any engine's products reach. */
  public double rate() {
    return productGigaflops.values().stream().mapToDouble(rate -> rate).max().orElse(Double.NaN);
  }

  /** The median step, in milliseconds, of the engine that is fastest at a workload. */
  public double fastest(Workload workload) {
    return timings.stream()
        .filter(timing -> timing.workload().equals(workload))
        .mapToDouble(timing -> timing.milliseconds().median())
        .min()
        .orElse(Double.NaN);
  }
}
