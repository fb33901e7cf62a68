package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.bench.Benchmark;
import io.github.lyricist.bench.BenchmarkJson;
import io.github.lyricist.bench.BenchmarkRun;
import io.github.lyricist.bench.BenchmarkTable;
import io.github.lyricist.bench.OtherEngine;
import io.github.lyricist.bench.PythonEngine;
import io.github.lyricist.bench.RemoteEngine;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.model.Cell;
import io.github.lyricist.run.AtomicFile;
import io.github.lyricist.tokens.Excerpt;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}: milliseconds per training step of each engine, beside what the machine can do. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Times training steps on each engine, and with --pytorch on PyTorch's own modules.",
      "Each engine has a process of its own, and they take turns; the machine's rate of multiplying"
          + " matrices is measured along with them. Standard output is a table in Markdown."
    },
    footer = {
      "",
      "Example:",
      "  ${ROOT-COMMAND-NAME} bench --cells rnn,lstm --hidden 128,256 --json bench.json"
    })
final class BenchCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;
  private final Supplier<BackendRegistry> installed;

  @Option(
      names = "--backends",
      paramLabel = "NAME",
      split = ",",
      description = "The engines. Default: all that are installed, but the reference.")
  private List<String> backends = new ArrayList<>();

  @Option(
      names = "--cells",
      paramLabel = "NAME",
      split = ",",
      description = "Default: rnn,gru,lstm.")
  private List<Cell> cells = Cell.all();

  @Option(names = "--layers", paramLabel = "L", split = ",", description = "Default: 1.")
  private List<Integer> layers = List.of(1);

  @Option(
      names = "--embedding",
      paramLabel = "E",
      description =
          "Default: one-hot input; with --pytorch, whose modules take none, as wide as H.")
  private @Nullable Integer embedding;

  @Option(names = "--hidden", paramLabel = "H", split = ",", description = "Default: 256.")
  private List<Integer> hidden = List.of(256);

  @Option(names = "--vocabulary", paramLabel = "V", split = ",", description = "Default: 1027.")
  private List<Integer> vocabulary = List.of(1027);

  @Option(names = "--batch", paramLabel = "B", split = ",", description = "Default: 32.")
  private List<Integer> batch = List.of(32);

  @Option(names = "--steps", paramLabel = "T", split = ",", description = "Default: 35.")
  private List<Integer> steps = List.of(35);

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Default: the machine's cores.")
  private List<Integer> threads = List.of(Threads.orCores(null));

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each process has its turn. Default: ${DEFAULT-VALUE}.")
  private int rounds = 10;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description =
          "How often each engine is started anew for each step. Default: ${DEFAULT-VALUE}.")
  private int processes = 1;

  @Option(
      names = "--pytorch",
      paramLabel = "PYTHON",
      description = "Also times nn.RNN, nn.GRU and nn.LSTM, from this Python.")
  private @Nullable String python;

  @Option(
      names = "--other",
      paramLabel = "PROGRAM",
      description =
          "Also times a program that is asked and answers as an engine's process is, such as"
              + " benchmarks/dl4j in the sources.")
  private List<String> others = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "Figures of this machine that --json wrote before: names what is more than 3%% slower.")
  private @Nullable Path against;

  BenchCommand(PrintStream out, PrintStream err, Supplier<BackendRegistry> installed) {
    this.out = out;
    this.err = err;
    this.installed = installed;
  }

  @Override
  public Integer call() {
    requireThreads();
    List<Workload> workloads = workloads();
    BenchmarkTable before = against == null ? null : before(against, workloads);
    List<Benchmark> benchmarks = new ArrayList<>();
    List<IntFunction<RemoteEngine>> engines = engines();
    for (int count : threads) {
      benchmarks.add(
          new BenchmarkRun(engines, count, processes, rounds, err::println).run(workloads));
    }
    BenchmarkTable table = BenchmarkTable.here(benchmarks);
    BenchTable.print(table, out);
    if (json != null) {
      AtomicFile.write(json, stream -> BenchmarkJson.write(stream, table));
    }
    if (before != null) {
      BenchTable.printSlower(table.since(before), before, out);
    }
    return LyricistCommand.DONE;
  }

  /** Reads it, and sees that it can be compared with, before hours are spent. */
  private BenchmarkTable before(Path file, List<Workload> workloads) {
    BenchmarkTable before = BenchmarkJson.read(file);
    BenchmarkTable here = BenchmarkTable.here(List.of());
    if (!before.isOfMachineOf(here)) {
      throw InvalidInputException.at(
          file.toString(),
          "its machine was %s, this one is %s"
              .formatted(
                  Excerpt.of(BenchTable.machine(before)), Excerpt.of(BenchTable.machine(here))),
          "compare with figures of this one");
    }
    boolean inCommon =
        before.benchmarks().stream()
            .filter(benchmark -> threads.contains(benchmark.threads()))
            .flatMap(benchmark -> benchmark.timings().stream())
            .anyMatch(timing -> workloads.contains(timing.workload()));
    if (!inCommon) {
      throw InvalidInputException.at(
          file.toString(),
          "it has none of these steps",
          "time some that it has, with the options that it was made with");
    }
    return before;
  }

  /** What starts each of them, with so many threads. */
  private List<IntFunction<RemoteEngine>> engines() {
    List<IntFunction<RemoteEngine>> engines = new ArrayList<>();
    InstalledEngines.orAll(backends, installed.get())
        .forEach(name -> engines.add(count -> BenchEngineCommand.start(name, count)));
    if (python != null) {
      String command = python;
      engines.add(count -> PythonEngine.start(command, count));
    }
    others.forEach(program -> engines.add(count -> OtherEngine.start(program, count)));
    return engines;
  }

  private void requireThreads() {
    try {
      threads.forEach(Threads::require);
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> "--" + key);
    }
  }

  private List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (int v : vocabulary) {
      for (int b : batch) {
        for (int t : steps) {
          for (int h : hidden) {
            for (int l : layers) {
              Integer e = embedding == null && python != null ? Integer.valueOf(h) : embedding;
              cells.forEach(cell -> workloads.add(new Workload(cell, l, e, h, v, b, t)));
            }
          }
        }
      }
    }
    return workloads;
  }
}
