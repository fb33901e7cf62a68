package io.github.lyricist.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.lyricist.InvalidInputException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs cases of one reader. Each must be read or refused, in bounded time and memory. Time is that
 * of the processor, which other programs don't take from it.
 */
final class Fuzzing {
  private static final long MOST_NANOSECONDS = TimeUnit.SECONDS.toNanos(5);
  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_KINDS = 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Reader reader;
  private final long seed;
  private final Path inputs;
  private final Map<String, String> faults = new TreeMap<>(); // the first of each kind
  private volatile long current;
  private volatile long begun; // processor time
  private long done;
  private long refused;
  private long slowest;
  private long largest;

  /**
   * @param inputs where the input of a case at fault is kept
   */
  Fuzzing(Reader reader, long seed, Path inputs) {
    this.reader = reader;
    this.seed = seed;
    this.inputs = inputs;
  }

  /** Runs the cases, and fails if any was at fault. */
  void run(long from, long to) throws Exception {
    FutureTask<Void> cases =
        new FutureTask<>(
            () -> {
              for (long number = from; number < to && faults.size() < MOST_KINDS; number++) {
                one(number);
              }
              return null;
            });
    Thread worker = new Thread(cases, reader.name());
    worker.setDaemon(true); // one that hangs is left behind
    worker.start();
    await(cases, worker);
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("\n", faults.values()));
    }
  }

  private void await(FutureTask<Void> cases, Thread worker) throws Exception {
    while (true) {
      try {
        cases.get(100, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        long nanoseconds = THREADS.getThreadCpuTime(worker.getId()) - begun;
        if (nanoseconds > MOST_NANOSECONDS && begun > 0) {
          AssertionError hanging = new AssertionError("no end: " + command(current));
          hanging.setStackTrace(worker.getStackTrace());
          throw hanging;
        }
      } catch (ExecutionException e) {
        throw new AssertionError(command(current), e.getCause());
      }
    }
  }

  private void one(long number) throws Exception {
    byte[] input = reader.input(seed, number);
    current = number;
    done++;
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    begun = THREADS.getCurrentThreadCpuTime();
    try {
      reader.reading().of(input);
    } catch (InvalidInputException e) {
      refused++;
      if (Refusal.fault(e).isPresent()) {
        fault(Refusal.fault(e).get(), number, input, e);
      }
    } catch (Exception | Error e) {
      StackTraceElement[] trace = e.getStackTrace();
      fault(e.getClass().getName() + (trace.length > 0 ? " at " + trace[0] : ""), number, input, e);
    }
    slowest = Math.max(slowest, THREADS.getCurrentThreadCpuTime() - begun);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    largest = Math.max(largest, allocated);
    if (allocated > MOST_BYTES + 100L * input.length) {
      fault("more memory than the limit", number, input, new Exception(allocated + " bytes"));
    }
  }

  private void fault(String kind, long number, byte[] input, Throwable thrown) throws Exception {
    if (!faults.containsKey(kind)) {
      Files.createDirectories(inputs);
      Path file = Files.write(inputs.resolve(reader.name() + "-" + number), input);
      faults.put(kind, "%s: %s, input in %s: %s".formatted(kind, command(number), file, thrown));
    }
  }

  private String command(long number) {
    return "-Dfuzz.reader=%s -Dfuzz.seed=%d -Dfuzz.case=%d".formatted(reader.name(), seed, number);
  }

  /** What the cases came to, on a line. */
  @Override
  public String toString() {
    return "fuzz %s: %,d cases, %,d refused; at most %,d ms of processor time and %,d kB for one"
        .formatted(reader.name(), done, refused, slowest / 1_000_000, largest >> 10);
  }
}
