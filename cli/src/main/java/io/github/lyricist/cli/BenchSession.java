package io.github.lyricist.cli;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.bench.Benchmark;
import io.github.lyricist.bench.Spread;
import io.github.lyricist.bench.Timing;
import io.github.lyricist.bench.Workload;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** Several engines side by side, which take turns, so that what disturbs one disturbs all. */
final class BenchSession {
  private static final long WARM_UP_NANOSECONDS = TimeUnit.SECONDS.toNanos(4);
  private static final int WARM_UP_STEPS = 5;
  private static final double MILLISECONDS_PER_TURN = 150;
  private static final long REST_MILLISECONDS = 250;

  private final List<String> names;
  private final int threads;
  private final int rounds;
  private final PrintStream err;
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, List<Double>> products = new LinkedHashMap<>();
  private final List<Timing> timings = new ArrayList<>();

  BenchSession(List<String> names, int threads, int rounds, PrintStream err) {
    this.names = names;
    this.threads = threads;
    this.rounds = rounds;
    this.err = err;
  }

  Benchmark run(List<Workload> workloads) {
    workloads.forEach(this::run);
    Map<String, Double> rates = new LinkedHashMap<>();
    products.forEach(
        (name, values) ->
            rates.put(name, Spread.of(values.stream().mapToDouble(d -> d).toArray()).median()));
    return new Benchmark(threads, descriptions, rates, timings);
  }

  /** In processes of their own, or what the workload before left in memory would count, too. */
  private void run(Workload workload) {
    err.printf("%s, %d threads%n", workload, threads);
    List<BenchEngine> engines = new ArrayList<>();
    try {
      names.forEach(name -> engines.add(new BenchEngine(name, threads)));
      engines.forEach(engine -> descriptions.put(engine.name(), engine.description()));
      run(workload, engines);
    } finally {
      engines.forEach(BenchEngine::close);
    }
  }

  private void run(Workload workload, List<BenchEngine> engines) {
    Map<BenchEngine, Integer> stepsATurn = new LinkedHashMap<>();
    for (BenchEngine engine : engines) {
      engine.load(workload);
      stepsATurn.put(engine, warmUp(engine));
    }
    Map<BenchEngine, DoubleStream.Builder> measured = new LinkedHashMap<>();
    engines.forEach(engine -> measured.put(engine, DoubleStream.builder()));
    for (int round = 0; round < rounds; round++) {
      measured.forEach(
          (engine, all) -> {
            rest();
            for (double milliseconds : engine.steps(stepsATurn.getOrDefault(engine, 1))) {
              all.add(milliseconds);
            }
            double product = engine.productGigaflops();
            if (product > 0) {
              products.computeIfAbsent(engine.name(), name -> new ArrayList<>()).add(product);
            }
          });
    }
    measured.forEach(
        (engine, all) ->
            timings.add(
                new Timing(
                    engine.name(),
                    workload,
                    Spread.of(all.build().toArray()),
                    engine.peakMemory())));
  }

  /** Until the threads of the engine before, which look out for more work for a while, sleep. */
  private static void rest() {
    try {
      Thread.sleep(REST_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    }
  }

  /** Lets an engine compile and settle; returns how many steps make a turn. */
  private static int warmUp(BenchEngine engine) {
    long end = System.nanoTime() + WARM_UP_NANOSECONDS;
    double milliseconds = engine.steps(1)[0];
    while (System.nanoTime() < end) {
      milliseconds = Spread.of(engine.steps(WARM_UP_STEPS)).median();
      engine.productGigaflops();
    }
    return (int) Math.max(1, Math.round(MILLISECONDS_PER_TURN / milliseconds));
  }
}
