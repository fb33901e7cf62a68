package io.github.lyricist.cli;

import io.github.lyricist.bench.Benchmark;
import io.github.lyricist.bench.BenchmarkTable;
import io.github.lyricist.bench.BenchmarkTable.Change;
import io.github.lyricist.bench.Timing;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Benchmarks as a table in Markdown. */
final class BenchTable {
  private BenchTable() {}

  static void print(BenchmarkTable table, PrintStream out) {
    for (Benchmark benchmark : table.benchmarks()) {
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
    table
        .benchmarks()
        .get(0)
        .engines()
        .forEach((name, text) -> out.printf("- `%s`: %s%n", name, text));
    out.printf("- %s, %s%n", machine(table), table.date());
  }

  /** In words: processor, cores and Java. */
  static String machine(BenchmarkTable table) {
    return "%s, %d cores, JDK %s".formatted(table.processor(), table.cores(), table.java());
  }

  /** Which of the changes are for the worse. */
  static void printSlower(List<Change> changes, BenchmarkTable before, PrintStream out) {
    List<Change> slower = changes.stream().filter(Change::isSlower).toList();
    out.printf("%nSince %s, JDK %s:%n%n", Excerpt.of(before.date()), Excerpt.of(before.java()));
    for (Change change : slower) {
      out.printf(
          "- %s, %d threads, `%s`: %.0f %% slower, %s ms for %s%n",
          change.now().workload(),
          change.threads(),
          change.now().engine(),
          100 * (change.ratio() - 1),
          number(change.now().milliseconds().median()),
          number(change.before().milliseconds().median()));
    }
    out.printf(
        "%s%d of %d are more than 3 %% slower%n",
        slower.isEmpty() ? "" : System.lineSeparator(), slower.size(), changes.size());
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
