package io.github.lyricist.distributed;

import io.github.lyricist.RunFailedException;

/** A worker has ended, or is not heard of any more; the run can go on from its checkpoint. */
final class WorkerLostException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  WorkerLostException(String message) {
    super(message);
  }
}
