package io.github.lyricist.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged program, started as its users start it: {@code ./lyricist}, from some folder. Once
 * for all tests it is prepared for this Java, and its engines are installed.
 */
final class Program {
  /** The project's root. */
  static final Path ROOT = root();

  private static final long PATIENCE_SECONDS = 120;

  /** As the tests call it, and as it speaks of itself. */
  static final Path LAUNCHER = ROOT.resolve("lyricist");

  /** What is packed, as a folder. */
  static final Path INSTALLED = ROOT.resolve("distribution/target/lyricist");

  private static boolean isReady;

  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private List<String> launcher = List.of(LAUNCHER.toString());
  private long patienceSeconds = PATIENCE_SECONDS;
  private boolean mayBuild;

  /**
   * What a command did.
   *
   * @param exitCode its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Outcome(int exitCode, String out, String err) {
    /** Checks that it did what it was asked. */
    Outcome requireDone() {
      assertThat(exitCode).as("exit code; stderr: %s", err).isZero();
      return this;
    }
  }

  private Program(Path folder) {
    this.folder = folder;
  }

  private static Path root() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Files.exists(module.resolve("lyricist")) ? module : module.getParent();
  }

  /** The program, to be started from this folder. */
  static Program in(Path folder) {
    assertThat(INSTALLED)
        .as("these tests need the packaged program: run 'mvn verify' at the root")
        .exists();
    makeReady();
    return new Program(folder);
  }

  private static synchronized void makeReady() {
    if (!isReady) {
      Program program = new Program(ROOT).within(10 * PATIENCE_SECONDS);
      if (program.run("backends").requireDone().out().contains("not installed")) {
        program.run("install", "nd4j", "djl").requireDone();
      }
      isReady = true;
    }
  }

  /** With an environment variable set. */
  Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Started through another path, such as a symbolic link. */
  Program through(Path link) {
    launcher = List.of(link.toString());
    return this;
  }

  /** Its script read by this shell. */
  Program under(String... shell) {
    launcher = Stream.concat(Stream.of(shell), launcher.stream()).toList();
    return this;
  }

  /** As another command does it, of which ours is a part. */
  Program as(List<String> command) {
    launcher = command;
    return this;
  }

  /** With more time than usual to end in. */
  Program within(long seconds) {
    patienceSeconds = seconds;
    return this;
  }

  /** Runs a command to its end. */
  Outcome run(String... arguments) {
    try (Running running = start(arguments)) {
      return running.end();
    }
  }

  /** The same of a program that may be built first. */
  Outcome runWhateverItBuilds(String... arguments) {
    mayBuild = true;
    return run(arguments);
  }

  /** Starts a command; who starts it closes it. */
  Running start(String... arguments) {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile("lyricist", ".out");
      Path err = Files.createTempFile("lyricist", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      Map<String, String> inherited = builder.environment();
      inherited.keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK_"));
      inherited.put("JAVA_HOME", System.getProperty("java.home"));
      inherited.putAll(environment);
      return new Running(builder.start(), out, err);
    } catch (IOException e) {
      throw new AssertionError("the program did not start", e);
    }
  }

  /** A command under way. */
  final class Running implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private Running(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    /** Waits until a file is there, with something in it. */
    Running awaitContent(Path file) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
      while (!Files.exists(file) || Files.size(file) == 0) {
        assertThat(process.isAlive()).as("still running; stderr: %s", text(err)).isTrue();
        assertThat(System.nanoTime()).as("%s in time", file).isLessThan(deadline);
        Thread.sleep(20);
      }
      return this;
    }

    /** Waits until a file is there that has this text in it. */
    Running awaitText(Path file, String text) throws IOException, InterruptedException {
      awaitContent(file);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
      while (!Files.readString(file).contains(text)) {
        assertThat(System.nanoTime()).as("'%s' in %s in time", text, file).isLessThan(deadline);
        Thread.sleep(20);
      }
      return this;
    }

    /** Waits for the first line that it prints. */
    String firstLine() throws IOException, InterruptedException {
      awaitText(out, "\n");
      return text(out).lines().findFirst().orElseThrow();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** Sends a signal, by its name: {@code INT}. */
    Running signal(String name) throws IOException, InterruptedException {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      assertThat(kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return this;
    }

    /** Waits for its end. */
    Outcome end() {
      try {
        assertThat(process.waitFor(patienceSeconds, TimeUnit.SECONDS))
            .as("ended within %d s; stderr: %s", patienceSeconds, text(err))
            .isTrue();
        String errors = text(err);
        if (!mayBuild) {
          assertThat(errors).as("the packaged program is up to date").doesNotContain("building");
        }
        return new Outcome(process.exitValue(), text(out), errors);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    private static String text(Path file) {
      try {
        return Files.readString(file, UTF_8);
      } catch (IOException e) {
        throw new AssertionError(file + " is unreadable", e);
      }
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      } catch (IOException e) {
        throw new AssertionError("the captured output stays behind", e);
      }
    }
  }
}
