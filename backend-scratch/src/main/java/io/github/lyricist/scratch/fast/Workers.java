package io.github.lyricist.scratch.fast;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share out numbered tasks; the calling thread is one of them. A training step hands
 * out work some thirty times, often for less than what it takes to wake a thread: so threads that
 * have nothing to do look out for work for a moment before they sleep, nobody waits for one that
 * has taken no task, and nothing is allocated.
 */
final class Workers implements AutoCloseable {
  private static final long SPINNING_NANOS = 10_000;
  private static final long LOOKING_OUT_NANOS = 100_000;
  private static final Task NOTHING = (number, worker) -> {};
  private static final int ROUND_SHIFT = 32;

  private final Other[] others;
  // The round in the upper half, the tasks that nobody has taken yet in the lower. While that is
  // above zero the fields below stand still, and a task is taken by whoever counts it down.
  private final AtomicLong untaken = new AtomicLong();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final ReentrantLock inUse = new ReentrantLock();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile Task task = NOTHING;
  private volatile int count;
  private volatile @Nullable Thread waitingCaller;
  private volatile boolean closed;

  Workers(int threads) {
    others = new Other[threads - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Other(i + 1);
      others[i].start();
    }
  }

  int threads() {
    return others.length + 1;
  }

  /**
   * Into how large pieces work is best cut: as many for each thread, since who has one more keeps
   * all others waiting.
   *
   * @param total how much there is
   * @param most of one piece
   */
  int pieceOf(int total, int most) {
    int rounds = Math.max(1, (total + most * threads() - 1) / (most * threads()));
    int pieces = rounds * threads();
    return Math.max(1, (total + pieces - 1) / pieces);
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

  /**
   * Runs tasks 0 to {@code count} - 1, each once, in any order, and waits for all. Callers that
   * come while the threads work for another do their tasks alone. Not to be called by a task.
   */
  void run(int count, Task task) {
    if (others.length == 0 || count < 2 || !inUse.tryLock()) {
      for (int number = 0; number < count; number++) {
        task.run(number, 0);
      }
      return;
    }
    try {
      if (inUse.getHoldCount() > 1) {
        throw new IllegalStateException("a task must not run tasks");
      }
      share(count, task);
    } finally {
      inUse.unlock();
    }
  }

  private void share(int count, Task task) {
    this.task = task;
    this.count = count;
    unfinished.set(count);
    long round = untaken.get() >>> ROUND_SHIFT;
    untaken.set(round + 1 << ROUND_SHIFT | count);
    for (int i = 0; i < Math.min(others.length, count - 1); i++) {
      others[i].wake();
    }
    work(0);
    awaitOthers();
    this.task = NOTHING;
    Throwable thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException("a worker failed: " + thrown, thrown);
    }
  }

  /** Takes tasks while there are any. */
  private void work(int worker) {
    long seen = untaken.get();
    while ((int) seen > 0) {
      Task taken = task;
      int number = count - (int) seen;
      if (untaken.compareAndSet(seen, seen - 1)) {
        try {
          taken.run(number, worker);
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        }
        if (unfinished.decrementAndGet() == 0) {
          LockSupport.unpark(waitingCaller);
        }
      }
      seen = untaken.get();
    }
  }

  private void awaitOthers() {
    long begin = System.nanoTime();
    boolean interrupted = false;
    while (unfinished.get() > 0) {
      if (!lookOut(begin)) {
        waitingCaller = Thread.currentThread();
        if (unfinished.get() > 0) {
          LockSupport.park(this);
        }
        interrupted |= Thread.interrupted();
      }
    }
    waitingCaller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets a moment go by, first without leaving the processor, then leaving it to whoever needs it;
   * false when it is time to sleep.
   */
  private static boolean lookOut(long begin) {
    long waited = System.nanoTime() - begin;
    if (waited < SPINNING_NANOS) {
      Thread.onSpinWait();
    } else if (waited < LOOKING_OUT_NANOS) {
      Thread.yield();
    }
    return waited < LOOKING_OUT_NANOS;
  }

  @Override
  public void close() {
    closed = true;
    for (Other other : others) {
      other.wake();
    }
  }

  /** One of the other threads. */
  private final class Other extends Thread {
    private final int worker;
    private volatile boolean asleep;

    Other(int worker) {
      super("lyricist-worker-" + worker);
      this.worker = worker;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!closed) {
        work(worker);
        awaitWork();
      }
    }

    private void awaitWork() {
      long begin = System.nanoTime();
      while (idle() && lookOut(begin)) {}
      asleep = true;
      while (idle()) {
        LockSupport.park(this);
      }
      asleep = false;
    }

    private boolean idle() {
      return (int) untaken.get() == 0 && !closed;
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }
  }
}
