package io.github.lyricist.cli;

import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while a run is on: the run is asked to stop, and the virtual machine waits until it has
 * put its results on disk. Java then ends with exit code 130 for an interrupt. Before training has
 * begun, as while a long text is read, there is nothing to wait for.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MINUTES = 5;

  private final CountDownLatch runEnded = new CountDownLatch(1);
  private final ShutdownHook hook = new ShutdownHook("lyricist-interruption", this::stopRun);
  private volatile boolean hasBegun;
  private volatile boolean requested;

  /** The same listener, by whom it is seen that training has begun. */
  TrainingListener watching(TrainingListener listener) {
    return event -> {
      if (event instanceof TrainingEvent.Started) {
        begun();
      }
      listener.on(event);
    };
  }

  /** From now on there is something to wait for. */
  void begun() {
    hasBegun = true;
  }

  boolean isRequested() {
    return requested;
  }

  /** Asks the run to stop, and waits until it has. */
  void stopRun() {
    requested = true;
    if (!hasBegun) {
      return;
    }
    try {
      if (!runEnded.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        System.err.println("lyricist: the run did not stop in time; its last results may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    runEnded.countDown();
    hook.close();
  }
}
