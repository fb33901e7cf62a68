package io.github.lyricist.bench;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Several engines side by side, which take turns, so that what disturbs one disturbs all. */
public final class BenchmarkRun {
  private static final long WARM_UP_NANOSECONDS = TimeUnit.SECONDS.toNanos(4);
  private static final int WARM_UP_STEPS = 5;
  private static final double MILLISECONDS_PER_TURN = 150;
  private static final long REST_MILLISECONDS = 250;

  private final List<IntFunction<RemoteEngine>> starts;
  private final int threads;
  private final int processes;
  private final int rounds;
  private final Consumer<String> announcement;
  private final Map<String, String> descriptions = new LinkedHashMap<>();
  private final Map<String, List<Double>> products = new LinkedHashMap<>();
  private final List<Timing> timings = new ArrayList<>();

  /**
   * @param starts of the engines, each in a process of its own, with so many threads
   * @param threads of each engine
   * @param processes how often each engine is started anew for a workload: how well its code is
   *     compiled is a matter of chance
   * @param rounds how often each engine has its turn in each of them
   * @param announcement receives what is timed next
   * @throws InvalidInputException if there are to be none of something
   */
  public BenchmarkRun(
      List<IntFunction<RemoteEngine>> starts,
      int threads,
      int processes,
      int rounds,
      Consumer<String> announcement) {
    Workload.requirePositive("rounds", rounds);
    Workload.requirePositive("processes", processes);
    this.starts = starts;
    this.threads = threads;
    this.processes = processes;
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
    Map<String, DoubleStream.Builder> measured = new LinkedHashMap<>();
    Map<String, OptionalLong> memory = new LinkedHashMap<>();
    List<IntFunction<RemoteEngine>> able = new ArrayList<>(starts);
    for (int process = 0; process < processes; process++) {
      List<RemoteEngine> engines = new ArrayList<>();
      try {
        for (IntFunction<RemoteEngine> start : List.copyOf(able)) {
          RemoteEngine engine = start.apply(threads);
          engines.add(engine);
          descriptions.put(engine.name(), engine.description());
          Optional<String> reason = engine.load(workload);
          if (reason.isPresent()) {
            announcement.accept("without " + engine.name() + ": " + reason.get());
            engines.remove(engine);
            engine.close();
            able.remove(start);
          }
        }
        run(engines, measured, memory);
      } finally {
        engines.forEach(RemoteEngine::close);
      }
    }
    measured.forEach(
        (name, steps) ->
            timings.add(
                new Timing(
                    name,
                    workload,
                    Spread.of(steps.build().toArray()),
                    memory.getOrDefault(name, OptionalLong.empty()))));
  }

  private void run(
      List<RemoteEngine> engines,
      Map<String, DoubleStream.Builder> measured,
      Map<String, OptionalLong> memory) {
    Map<RemoteEngine, Integer> stepsPerTurn = new LinkedHashMap<>();
    engines.forEach(engine -> stepsPerTurn.put(engine, warmUp(engine)));
    for (int round = 0; round < rounds; round++) {
      stepsPerTurn.forEach(
          (engine, count) -> {
            rest();
            DoubleStream.Builder steps =
                measured.computeIfAbsent(engine.name(), name -> DoubleStream.builder());
            for (double milliseconds : engine.steps(count)) {
              steps.add(milliseconds);
            }
            double product = engine.productGigaflops();
            if (product > 0) {
              products.computeIfAbsent(engine.name(), name -> new ArrayList<>()).add(product);
            }
          });
    }
    stepsPerTurn
        .keySet()
        .forEach(engine -> memory.merge(engine.name(), engine.peakMemory(), BenchmarkRun::most));
  }

  private static OptionalLong most(OptionalLong one, OptionalLong other) {
    return LongStream.concat(one.stream(), other.stream()).max();
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
