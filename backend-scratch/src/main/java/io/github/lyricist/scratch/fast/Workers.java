package io.github.lyricist.scratch.fast;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that share out numbered tasks; the calling thread is one of them. */
final class Workers implements AutoCloseable {
  private final int threads;
  private final @Nullable ExecutorService others;

  Workers(int threads) {
    this.threads = threads;
    this.others =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "lyricist-worker");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  int threads() {
    return threads;
  }

  /** A piece of work. */
  @FunctionalInterface
  interface Task {
    /**
     * Does one piece.
     *
     * @param number which task, from 0
     * @param worker which thread, from 0: for buffers that a thread has to itself
     */
    void run(int number, int worker);
  }

  /** Runs tasks 0 to {@code count} - 1, each once, in any order, and waits for all. */
  void run(int count, Task task) {
    int helpers = Math.min(threads, count) - 1;
    if (helpers < 1 || others == null) {
      for (int number = 0; number < count; number++) {
        task.run(number, 0);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(helpers);
    for (int helper = 1; helper <= helpers; helper++) {
      int worker = helper;
      others.execute(
          () -> {
            work(next, count, task, worker, failure);
            done.countDown();
          });
    }
    work(next, count, task, 0, failure);
    await(done);
    Throwable thrown = failure.get();
    if (thrown != null) {
      throw new IllegalStateException("a worker failed: " + thrown, thrown);
    }
  }

  private static void work(
      AtomicInteger next, int count, Task task, int worker, AtomicReference<Throwable> failure) {
    try {
      for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
        task.run(number, worker);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void await(CountDownLatch done) {
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdownNow();
    }
  }
}
