package io.github.lyricist.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.SquareProduct;
import io.github.lyricist.bench.PeakMemory;
import io.github.lyricist.bench.StepClock;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.model.Cell;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The other end of {@link BenchEngine}. */
@Command(name = BenchEngineCommand.NAME, hidden = true)
final class BenchEngineCommand implements Callable<Integer> {
  static final String NAME = "bench-engine";

  private static final int PRODUCT_SIZE = 768;
  private static final int PRODUCTS = 5;

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

  @Override
  public Integer call() {
    try (Backend backend = backends.get().get(engine).open(DeviceRequest.AUTO, threads);
        Session session = new Session(backend);
        Scanner questions = new Scanner(System.in, UTF_8)) {
      answer(backend.version() + " on " + backend.device());
      while (questions.hasNext()) {
        answer(session.answer(questions.next(), questions));
      }
    }
    return LyricistCommand.DONE;
  }

  private void answer(String text) {
    out.println(BenchEngine.ANSWER + text);
    out.flush();
  }

  /** One workload at a time on an engine. */
  private static final class Session implements AutoCloseable {
    private final Backend backend;
    private final @Nullable SquareProduct product;
    private @Nullable StepClock clock;

    Session(Backend backend) {
      this.backend = backend;
      this.product =
          backend instanceof SquareProduct.Source source
              ? source.squareProduct(PRODUCT_SIZE)
              : null;
    }

    String answer(String question, Scanner rest) {
      return switch (question) {
        case BenchEngine.LOAD -> {
          load(
              new Workload(
                  Cell.called(rest.next()).orElseThrow(),
                  rest.nextInt(),
                  rest.nextInt(),
                  rest.nextInt(),
                  rest.nextInt()));
          yield "loaded";
        }
        case BenchEngine.STEPS -> steps(rest.nextInt());
        case BenchEngine.MEMORY -> {
          OptionalLong bytes = PeakMemory.bytes();
          yield bytes.isPresent() ? "" + bytes.getAsLong() : "";
        }
        default -> "" + productGigaflops();
      };
    }

    private void load(Workload workload) {
      close(clock);
      clock = new StepClock(backend, workload);
    }

    private String steps(int count) {
      return clock == null
          ? ""
          : Arrays.stream(clock.measure(count))
              .mapToObj(Double::toString)
              .collect(Collectors.joining(" "));
    }

    /** Of the fastest of a few products: the machine's rate, not what disturbs it. */
    private double productGigaflops() {
      double most = 0;
      for (int i = 0; product != null && i < PRODUCTS; i++) {
        long start = System.nanoTime();
        product.multiply();
        double operations = 2.0 * PRODUCT_SIZE * PRODUCT_SIZE * PRODUCT_SIZE;
        most = Math.max(most, operations / (System.nanoTime() - start));
      }
      return most;
    }

    private static void close(@Nullable StepClock clock) {
      if (clock != null) {
        clock.close();
      }
    }

    @Override
    public void close() {
      close(clock);
      if (product != null) {
        product.close();
      }
    }
  }
}
