package io.github.lyricist.bench;

import io.github.lyricist.run.Processor;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What engines took on a machine on a day.
 *
 * @param processor as its maker calls it
 * @param cores how many the machine has
 * @param java its version
 * @param date of the day, as in {@code 2026-11-26}
 * @param benchmarks for each number of threads
 */
public record BenchmarkTable(
    String processor, int cores, String java, String date, List<Benchmark> benchmarks) {

  /** What was measured here and now. */
  public static BenchmarkTable here(List<Benchmark> benchmarks) {
    return new BenchmarkTable(
        Processor.name(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        LocalDate.now(ZoneId.systemDefault()).toString(),
        benchmarks);
  }

  /** Whether that other one is of a machine like this one's. */
  public boolean isOfMachineOf(BenchmarkTable other) {
    return processor.equals(other.processor) && cores == other.cores;
  }

  /** What both this one and an earlier one have timed: what became of each. */
  public List<Change> since(BenchmarkTable before) {
    List<Change> changes = new ArrayList<>();
    for (Benchmark now : benchmarks) {
      for (Benchmark then : before.benchmarks) {
        if (now.threads() == then.threads()) {
          now.timings().forEach(timing -> changes.addAll(since(then, timing, now.threads())));
        }
      }
    }
    return changes;
  }

  private static List<Change> since(Benchmark before, Timing now, int threads) {
    return before.timings().stream()
        .filter(
            then -> then.engine().equals(now.engine()) && then.workload().equals(now.workload()))
        .map(then -> new Change(threads, then, now))
        .toList();
  }

  /**
   * One workload on one engine, then and now.
   *
   * @param threads of both
   */
  public record Change(int threads, Timing before, Timing now) {
    private static final double NOTICEABLE = 1.03;

    /** The median of now in times that of then. */
    public double ratio() {
      return now.milliseconds().median() / before.milliseconds().median();
    }

    /** By more than 3 %. */
    public boolean isSlower() {
      return ratio() > NOTICEABLE;
    }
  }
}
