package io.github.lyricist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.SquareProduct;
import io.github.lyricist.model.Cell;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The other end of {@link RemoteEngine}: takes steps on an engine, one workload at a time. */
public final class EngineService implements AutoCloseable {
  private static final int PRODUCT_SIZE = 768;
  private static final int PRODUCTS = 5;

  private final Function<Workload, StepClock> clocks;
  private final @Nullable SquareProduct product;
  private @Nullable StepClock clock;

  private EngineService(
      Function<Workload, StepClock> clocks, SquareProduct.@Nullable Source products) {
    this.clocks = clocks;
    this.product = products == null ? null : products.squareProduct(PRODUCT_SIZE);
  }

  /** Answers questions until there are no more. */
  public static void answer(Backend backend, InputStream questions, PrintStream answers) {
    answer(
        backend.version() + " on " + backend.device(),
        workload -> new BackendClock(backend, workload),
        backend instanceof SquareProduct.Source source ? source : null,
        questions,
        answers);
  }

  /**
   * Answers questions until there are no more, for an engine that is no {@link Backend}.
   *
   * @param description the engine with its version and device
   * @param clocks starts a workload, after the one before is closed; throws {@link
   *     InvalidInputException} for one that the engine can't do
   * @param products null if the engine has none
   */
  public static void answer(
      String description,
      Function<Workload, StepClock> clocks,
      SquareProduct.@Nullable Source products,
      InputStream questions,
      PrintStream answers) {
    try (EngineService service = new EngineService(clocks, products);
        Scanner words = new Scanner(questions, UTF_8)) {
      answers.println(RemoteEngine.ANSWER + description);
      answers.flush();
      while (words.hasNext()) {
        answers.println(RemoteEngine.ANSWER + service.answer(words.next(), words));
        answers.flush();
      }
    }
  }

  private String answer(String question, Scanner rest) {
    return switch (question) {
      case RemoteEngine.LOAD -> load(workload(rest));
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

  private String load(Workload workload) {
    close(clock);
    clock = null;
    try {
      clock = clocks.apply(workload);
      return RemoteEngine.LOADED;
    } catch (InvalidInputException e) {
      return "" + e.getMessage();
    }
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
