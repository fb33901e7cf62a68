package io.github.lyricist.studio.http;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An answer of JSON that takes time. While it is worked on spaces are sent, which may stand before
 * a value: so it is seen that the client has left, and the work ends.
 */
public final class SlowAnswer {
  private static final String TYPE = "application/json";
  private static final long BEAT_NANOS = 250_000_000;

  private final Call call;
  private long last = System.nanoTime();
  private @Nullable Stream begun;

  SlowAnswer(Call call) {
    this.call = call;
  }

  /**
   * Tells that the work goes on; to be called often.
   *
   * @throws CancellationException if nobody waits any more
   */
  public void beat() {
    long now = System.nanoTime();
    if (now - last < BEAT_NANOS) {
      return;
    }
    last = now;
    try {
      if (begun == null) {
        begun = call.stream(TYPE);
      }
      begun.send(" ");
    } catch (IOException e) {
      throw Stream.left(e);
    }
  }

  /** Sends it. */
  public void end(String json) throws IOException {
    if (begun == null) {
      call.answer(200, TYPE, json);
    } else {
      begun.send(json);
    }
  }
}
