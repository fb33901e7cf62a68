package io.github.lyricist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.SquareProduct;
import io.github.lyricist.model.Cell;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The other end of {@link RemoteEngine}: takes steps on an engine, one workload at a time. */
public final class EngineService implements AutoCloseable {
  private static final int PRODUCT_SIZE = 768;
  private static final int PRODUCTS = 5;

  private final Backend backend;
  private final @Nullable SquareProduct product;
  private @Nullable StepClock clock;

  private EngineService(Backend backend) {
    this.backend = backend;
    this.product =
        backend instanceof SquareProduct.Source source ? source.squareProduct(PRODUCT_SIZE) : null;
  }

  /** Answers questions until there are no more. */
  public static void answer(Backend backend, InputStream questions, PrintStream answers) {
    try (EngineService service = new EngineService(backend);
        Scanner words = new Scanner(questions, UTF_8)) {
      answers.println(RemoteEngine.ANSWER + backend.version() + " on " + backend.device());
      answers.flush();
      while (words.hasNext()) {
        answers.println(RemoteEngine.ANSWER + service.answer(words.next(), words));
        answers.flush();
      }
    }
  }

  private String answer(String question, Scanner rest) {
    return switch (question) {
      case RemoteEngine.LOAD -> {
        load(workload(rest));
        yield "loaded";
      }
      case RemoteEngine.STEPS -> steps(rest.nextInt());
      case RemoteEngine.MEMORY -> {
        OptionalLong bytes = PeakMemory.bytes();
        yield bytes.isPresent() ? "" + bytes.getAsLong() : "";
      }
      default -> "" + productGigaflops();
    };
  }

  private static Workload workload(Scanner words) {
    Cell cell = Cell.called(words.next()).orElseThrow();
    int hidden = words.nextInt();
    int vocabularySize = words.nextInt();
    int batchSize = words.nextInt();
    int steps = words.nextInt();
    int embedding = words.nextInt();
    return new Workload(
        cell,
        words.nextInt(),
        embedding == 0 ? null : embedding,
        hidden,
        vocabularySize,
        batchSize,
        steps);
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
