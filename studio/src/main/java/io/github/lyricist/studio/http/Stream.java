package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.run.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An answer that comes bit by bit. Who no longer listens makes the work on it end. It ends with its
 * exchange.
 */
public final class Stream {
  static final String EVENTS = "text/event-stream";

  /** What ends a stream, as OpenAI's clients know it. */
  private static final String DONE = "[DONE]";

  /** How long a client may take to hear what was sent; then it counts as gone. */
  private static final int PATIENCE_SECONDS = 30;

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "streams' watch");
            thread.setDaemon(true);
            return thread;
          });

  private final OutputStream out;

  Stream(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends an event (server-sent events, as HTML has them): a JSON object.
   *
   * @throws CancellationException if nobody listens any more
   */
  public void event(JsonText.Content fields) {
    event(JsonText.object(fields));
  }

  /** The same of an object that is text already. */
  public void event(String json) {
    send("data: " + json + "\n\n");
  }

  /** Sends what clients pass over, to see whether anybody listens. */
  public void comment() {
    send(":\n\n");
  }

  /** Tells that nothing follows. */
  public void done() {
    event(DONE);
  }

  /**
   * Sends a text as it is.
   *
   * @throws CancellationException if nobody listens any more
   */
  void send(String text) {
    ScheduledFuture<?> giveUp =
        WATCH.schedule(Thread.currentThread()::interrupt, PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw left(e);
    } finally {
      giveUp.cancel(false);
    }
  }

  static CancellationException left(IOException cause) {
    return (CancellationException) new CancellationException("nobody listens").initCause(cause);
  }
}
