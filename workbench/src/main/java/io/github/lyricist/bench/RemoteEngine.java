package io.github.lyricist.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.RunFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An engine in a process of its own, which takes steps when it is told to, by an {@link
 * EngineService} or by another program. What it is asked and what it answers are lines; answers
 * begin with {@link #ANSWER}, since engines may print, too.
 */
public final class RemoteEngine implements AutoCloseable {
  static final String ANSWER = "= ";
  static final String LOAD = "load";
  static final String LOADED = "loaded";
  static final String STEPS = "steps";
  static final String PRODUCT = "product";
  static final String MEMORY = "memory";

  private final String name;
  private final Process process;
  private final PrintStream questions;
  private final BufferedReader answers;
  private final String description;

  /**
   * Waits until the engine has started.
   *
   * @param process ends with this
   * @throws RunFailedException if the process ends before
   */
  public RemoteEngine(String name, Process process) {
    this.name = name;
    this.process = process;
    this.questions = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.answers = process.inputReader(UTF_8);
    this.description = answer();
  }

  /**
   * Starts a program that answers; what it says to standard error is shown.
   *
   * @throws IOException if it can't be started
   * @throws RunFailedException if it ends before
   */
  static RemoteEngine start(String name, String... command) throws IOException {
    return new RemoteEngine(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String name() {
    return name;
  }

  /** The engine with its version and device. */
  String description() {
    return description;
  }

  /** Why the engine can't do this, if it can't. */
  Optional<String> load(Workload workload) {
    String question =
        "%s %s %d %d %d %d %d %d"
            .formatted(
                LOAD,
                workload.cell().name(),
                workload.hidden(),
                workload.vocabularySize(),
                workload.batchSize(),
                workload.steps(),
                workload.embedding() == null ? 0 : workload.embedding(),
                workload.layers());
    return Optional.of(ask(question)).filter(answer -> !answer.equals(LOADED));
  }

  /** Milliseconds of each of so many steps. */
  double[] steps(int count) {
    return numbers(ask(STEPS + " " + count));
  }

  /** Operations of a square product in a second, in thousands of millions; 0 if it has none. */
  double productGigaflops() {
    return numbers(ask(PRODUCT))[0];
  }

  /** Bytes that the process held at most, where the system tells it. */
  OptionalLong peakMemory() {
    String answer = ask(MEMORY);
    return answer.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(answer));
  }

  private static double[] numbers(String answer) {
    return Arrays.stream(answer.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private String ask(String question) {
    questions.println(question);
    return answer();
  }

  private String answer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(ANSWER)) {
          return line.substring(ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new RunFailedException("the engine " + name + " broke off: " + e.getMessage(), e);
    }
    throw new RunFailedException("the engine " + name + " ended early; what it said is above");
  }

  @Override
  public void close() {
    questions.close();
    process.destroy();
  }
}
