package io.github.lyricist.cli;

import io.github.lyricist.bench.Benchmark;
import io.github.lyricist.bench.Timing;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.run.Processor;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Benchmarks as a table in Markdown. */
final class BenchTable {
  private BenchTable() {}

  static void print(List<Benchmark> benchmarks, PrintStream out) {
    for (Benchmark benchmark : benchmarks) {
      String rates =
          benchmark.productGigaflops().entrySet().stream()
              .map(rate -> "%.0f by %s".formatted(rate.getValue(), rate.getKey()))
              .collect(Collectors.joining(", "));
      out.printf("%d threads; square products at GFLOP/s: %s%n%n", benchmark.threads(), rates);
      out.println(
          "| step | engine | ms, median | middle half | times the fastest | GFLOP/s | of the rate"
              + " | MB at most |");
      out.println("|---|---|---|---|---|---|---|---|");
      for (Timing timing : benchmark.timings()) {
        out.println(row(benchmark, timing));
      }
      out.println();
    }
    benchmarks.get(0).engines().forEach((name, text) -> out.printf("- `%s`: %s%n", name, text));
    out.printf(
        "- %s, %d cores, JDK %s, %s%n",
        Processor.name(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        LocalDate.now(ZoneId.systemDefault()));
  }

  private static String row(Benchmark benchmark, Timing timing) {
    Workload workload = timing.workload();
    double median = timing.milliseconds().median();
    OptionalLong memory = timing.peakMemory();
    return "| %s | `%s` | %s | %s–%s | %.2f | %.0f | %.0f %% | %s |"
        .formatted(
            workload,
            timing.engine(),
            number(median),
            number(timing.milliseconds().lower()),
            number(timing.milliseconds().upper()),
            median / benchmark.fastest(workload),
            timing.gigaflops(),
            100 * timing.gigaflops() / benchmark.rate(),
            memory.isPresent() ? "%,d".formatted(memory.getAsLong() / 1_000_000) : "?");
  }

  private static String number(double milliseconds) {
    return (milliseconds < 10 ? "%.2f" : "%.1f").formatted(milliseconds);
  }
}
