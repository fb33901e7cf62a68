package io.github.lyricist.cli;

import java.util.function.Consumer;

/** Work that is done when the virtual machine is told to end, unless this is closed before. */
final class ShutdownHook implements AutoCloseable {
  private final Thread thread;
  private final Consumer<Thread> removal;

  ShutdownHook(String name, Runnable work) {
    this(
        new Thread(work, name),
        Runtime.getRuntime()::addShutdownHook,
        Runtime.getRuntime()::removeShutdownHook);
  }

  ShutdownHook(Thread thread, Consumer<Thread> registration, Consumer<Thread> removal) {
    this.thread = thread;
    this.removal = removal;
    registration.accept(thread);
  }

  /** Takes the work back; where the virtual machine is ending already, the work is done. */
  @Override
  public void close() {
    try {
      removal.accept(thread);
    } catch (IllegalStateException e) {
      // "Shutdown in progress": the hook runs, or has run.
    }
  }
}
