package io.github.lyricist.bench;

import io.github.lyricist.RunFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/** Several engines side by side, which take turns, so that what disturbs one disturbs all. */
public final class BenchmarkRun {
  private static final long WARM_UP_NANOSECONDS = TimeUnit.SECONDS.toNanos(4);
  private static final int WARM_UP_STEPS = 5;
  private static final double MILLISECONDS_PER_TURN = 150;
  private static final long REST_MILLISECONDS = 250;

  private final List<IntFunction<RemoteEngine>> starts;
  private final int threads;
  private final int rounds;
  private final Consumer<String> announcement;
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, List<Double>> products = new LinkedHashMap<>();
  private final List<Timing> timings = new ArrayList<>();

  /**
   * @param starts of the engines, each in a process of its own, with so many threads
   * @param threads of each engine
   * @param rounds how often each engine has its turn
   * @param announcement receives what is timed next
   */
  public BenchmarkRun(
      List<IntFunction<RemoteEngine>> starts,
      int threads,
      int rounds,
      Consumer<String> announcement) {
    this.starts = starts;
    this.threads = threads;
    this.rounds = rounds;
    this.announcement = announcement;
  }

  /** Times the workloads, one after another. */
  public Benchmark run(List<Workload> workloads) {
    workloads.forEach(this::run);
    Map<String, Double> rates = new LinkedHashMap<>();
    products.forEach(
        (name, values) ->
            rates.put(name, Spread.of(values.stream().mapToDouble(d -> d).toArray()).median()));
    return new Benchmark(threads, descriptions, rates, timings);
  }

  /** In processes of their own, or what the workload before left in memory would count, too. */
  private void run(Workload workload) {
    announcement.accept("%s, %d threads".formatted(workload, threads));
    List<RemoteEngine> engines = new ArrayList<>();
    try {
      starts.forEach(start -> engines.add(start.apply(threads)));
      engines.forEach(engine -> descriptions.put(engine.name(), engine.description()));
      run(workload, engines);
    } finally {
      engines.forEach(RemoteEngine::close);
    }
  }

  private void run(Workload workload, List<RemoteEngine> engines) {
    Map<RemoteEngine, Integer> stepsPerTurn = new LinkedHashMap<>();
    for (RemoteEngine engine : engines) {
      engine
          .load(workload)
          .ifPresentOrElse(
              reason -> announcement.accept("without " + engine.name() + ": " + reason),
              () -> stepsPerTurn.put(engine, warmUp(engine)));
    }
    Map<RemoteEngine, DoubleStream.Builder> measured = new LinkedHashMap<>();
    stepsPerTurn.keySet().forEach(engine -> measured.put(engine, DoubleStream.builder()));
    for (int round = 0; round < rounds; round++) {
      measured.forEach(
          (engine, all) -> {
            rest();
            for (double milliseconds : engine.steps(stepsPerTurn.getOrDefault(engine, 1))) {
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
  private static int warmUp(RemoteEngine engine) {
    long end = System.nanoTime() + WARM_UP_NANOSECONDS;
    double milliseconds = engine.steps(1)[0];
    while (System.nanoTime() < end) {
      milliseconds = Spread.of(engine.steps(WARM_UP_STEPS)).median();
      engine.productGigaflops();
    }
    return (int) Math.max(1, Math.round(MILLISECONDS_PER_TURN / milliseconds));
  }
}
