package io.github.lyricist.studio.models;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model with its users: opened by the first of them, and closed when it is forgotten and nobody
 * uses it any more.
 */
final class SharedModel {
  private final Supplier<OpenModel> opener;
  private final FileTime written;
  private final AtomicInteger users = new AtomicInteger();
  private volatile boolean isForgotten;
  private @Nullable OpenModel model;

  /**
   * Of a file.
   *
   * @param written when it was
   */
  SharedModel(Supplier<OpenModel> opener, FileTime written) {
    this.opener = opener;
    this.written = written;
  }

  /** Whether the file is the one that was opened: a run that trains replaces its model. */
  boolean isOf(FileTime now) {
    return written.equals(now);
  }

  boolean isUnused() {
    return users.get() == 0;
  }

  /** Takes it, to be released; whoever comes first waits until it is open, as do those after. */
  OpenModel take() {
    users.incrementAndGet();
    try {
      return opened();
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  private synchronized OpenModel opened() {
    if (model == null) {
      model = opener.get();
    }
    return model;
  }

  void release() {
    if (users.decrementAndGet() == 0 && isForgotten) {
      closeUnused();
    }
  }

  /** No others are led to it. */
  void forget() {
    isForgotten = true;
    closeUnused();
  }

  private synchronized void closeUnused() {
    if (isUnused() && model != null) { // or somebody took it just now, who releases it
      model.close();
      model = null;
    }
  }
}
