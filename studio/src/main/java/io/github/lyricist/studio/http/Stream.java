package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lyricist.run.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CancellationException;

/** An answer that comes bit by bit. Who no longer listens makes the work on it end. */
public final class Stream implements AutoCloseable {
  static final String EVENTS = "text/event-stream";

  /** What ends a stream, as OpenAI's clients know it. */
  private static final String DONE = "[DONE]";

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
  synchronized void send(String text) {
    try {
      out.write(text.getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw left(e);
    }
  }

  static CancellationException left(IOException cause) {
    return (CancellationException) new CancellationException("nobody listens").initCause(cause);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
