package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.github.lyricist.Limits;
import io.github.lyricist.run.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.Map;

/** A request, and its answer. */
public final class Call {
  private final HttpExchange exchange;
  private final Map<String, String> placeholders;

  Call(HttpExchange exchange, Map<String, String> placeholders) {
    this.exchange = exchange;
    this.placeholders = placeholders;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "the address is not well formed", null, null);
    }
  }

  /** What stands in the path where the route has {@code {name}}. */
  public String placeholder(String name) {
    return decoded(placeholders.getOrDefault(name, "").replace("+", "%2B"));
  }

  /**
   * The body, a JSON object.
   *
   * @throws Refusal if it is none, or too large
   */
  public Body body() throws IOException {
    return body(Limits.REQUEST_BYTES);
  }

  /** The same of one that may have so many bytes. */
  public Body body(int most) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new Refusal(413, "the body has more than %,d bytes".formatted(most), null, null);
      }
      return Body.parse(bytes);
    }
  }

  /** Answers with a JSON object. */
  public void answer(JsonText.Content fields) throws IOException {
    answer(200, "application/json", JsonText.object(fields));
  }

  void answer(int status, String type, String content) throws IOException {
    answer(status, type, content.getBytes(UTF_8));
  }

  /** Answers with some content. */
  void answer(int status, String type, byte... content) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  /** Answers with JSON that takes time. */
  public SlowAnswer slowly() {
    return new SlowAnswer(this);
  }

  /** Answers with events, as long as somebody listens. */
  public Stream events() throws IOException {
    return stream(Stream.EVENTS);
  }

  Stream stream(String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    return new Stream(exchange.getResponseBody());
  }
}
