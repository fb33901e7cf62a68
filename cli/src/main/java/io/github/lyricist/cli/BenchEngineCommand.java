package io.github.lyricist.cli;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.bench.EngineService;
import io.github.lyricist.bench.RemoteEngine;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An engine of {@code bench}, in a process of its own. */
@Command(name = BenchEngineCommand.NAME, hidden = true)
final class BenchEngineCommand implements Callable<Integer> {
  static final String NAME = "bench-engine";

  private final PrintStream out;
  private final Supplier<BackendRegistry> backends;

  @Parameters(paramLabel = "NAME")
  private String engine = "";

  @Option(names = "--threads")
  private int threads = 1;

  BenchEngineCommand(PrintStream out, Supplier<BackendRegistry> backends) {
    this.out = out;
    this.backends = backends;
  }

  static RemoteEngine start(String engine, int threads) {
    return new RemoteEngine(
        engine, EngineProcess.start(List.of(NAME, engine, "--threads", "" + threads)));
  }

  @Override
  public Integer call() {
    try (Backend backend = backends.get().get(engine).open(DeviceRequest.AUTO, threads)) {
      EngineService.answer(backend, System.in, out);
    }
    return LyricistCommand.DONE;
  }
}
