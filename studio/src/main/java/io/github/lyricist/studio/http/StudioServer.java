package io.github.lyricist.studio.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.run.JsonText;
import io.github.lyricist.tokens.Excerpt;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A server of some routes, on one address. */
public final class StudioServer implements AutoCloseable {
  /** The address that no other machine can reach. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int HTTP_PORT = 80;
  private static final int CLOSING_SECONDS = 5;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Which a client that is slow to ask has, in seconds; Java's server is told so. */
  private static final String ASKING = "sun.net.httpserver.maxReqTime";

  /** Without which each answer on a connection that is kept waits for the client's system. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  /**
   * Bytes of a body that nobody reads, which are received before it is refused: else it is not
   * heard.
   */
  private static final String UNREAD = "sun.net.httpserver.drainAmount";

  private static final String CONNECTIONS = "jdk.httpserver.maxConnections";

  /**
   * Of an answer, in seconds. A connection that its client left is remembered until then, with what
   * it holds: Java's server forgets those alone that end well.
   */
  private static final String ANSWERING = "sun.net.httpserver.maxRspTime";

  static {
    System.setProperty(ANSWERING, System.getProperty(ANSWERING, "600"));
    System.setProperty(ASKING, System.getProperty(ASKING, "30"));
    System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
    System.setProperty(UNREAD, System.getProperty(UNREAD, "33554432"));
    System.setProperty(CONNECTIONS, System.getProperty(CONNECTIONS, "1000"));
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore places = new Semaphore(Limits.REQUESTS_AT_ONCE);
  private final List<Route> routes;
  private final Gate gate;
  private final Consumer<String> log;
  private final String host;
  private final @Nullable String token;

  private StudioServer(
      HttpServer server,
      String host,
      @Nullable String token,
      List<Route> routes,
      Consumer<String> log) {
    this.server = server;
    this.host = host;
    this.token = token;
    this.routes = routes;
    this.log = log;
    int port = server.getAddress().getPort();
    this.gate = new Gate(hosts(host, port), token);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** As browsers and programs may call it. */
  private static Set<String> hosts(String host, int port) {
    Set<String> hosts = new LinkedHashSet<>();
    for (String name : host.equals(LOOPBACK) ? List.of(host, "localhost") : List.of(host)) {
      hosts.add(inAddress(name) + ":" + port);
      if (port == HTTP_PORT) {
        hosts.add(inAddress(name));
      }
    }
    return hosts;
  }

  /** With brackets, where it is one of version 6. */
  private static String inAddress(String host) {
    return host.contains(":") ? "[" + host + "]" : host.toLowerCase(Locale.ROOT);
  }

  /**
   * Starts one.
   *
   * @param port 0 for any that is free
   * @param token that who is let in must show, or null
   * @param log told in one line of what went wrong in a way that nobody meant
   * @throws InvalidInputException if it can't be reached there
   */
  public static StudioServer start(
      String host, int port, @Nullable String token, List<Route> routes, Consumer<String> log) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw InvalidInputException.ofKey(
          "host",
          "there is no '%s'".formatted(Excerpt.of(host)),
          "give an address of this machine");
    }
    if (address.getAddress().isAnyLocalAddress()) {
      throw InvalidInputException.ofKey(
          "host",
          host + " stands for all addresses",
          "give the one that others know this machine by");
    }
    try {
      return new StudioServer(bound(address), host, token, routes, log);
    } catch (IOException e) {
      throw new RunFailedException("no server could be started at " + host + ": " + e.getMessage());
    }
  }

  private static HttpServer bound(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw InvalidInputException.ofKey(
          "port",
          "%s:%d is in use, or not of this machine"
              .formatted(address.getHostString(), address.getPort()),
          "give another one, such as %d, or 0 for any that is free".formatted(free()));
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where it answers, such as {@code http://127.0.0.1:8080}; with the key, where there is one. */
  public String address() {
    String address = "http://" + inAddress(host) + ":" + port();
    return token == null ? address : address + "/?" + Gate.KEY + token;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      secure(exchange.getResponseHeaders());
      try {
        gate.check(exchange);
        if (!places.tryAcquire()) {
          throw new Refusal(
              503,
              "%d requests are being answered, which is the most"
                  .formatted(Limits.REQUESTS_AT_ONCE),
              null,
              null);
        }
        try {
          serve(exchange);
        } finally {
          places.release();
        }
      } catch (Refusal e) {
        refuse(exchange, e);
      }
    }
  }

  private void serve(HttpExchange exchange) {
    try {
      if (gate.isInvitation(exchange)) {
        welcome(exchange);
      } else {
        route(exchange);
      }
    } catch (InvalidInputException e) {
      String message = String.valueOf(e.locatedBy(key -> key).getMessage());
      throw new Refusal(400, message, e.key(), null);
    } catch (RunFailedException e) {
      throw new Refusal(422, String.valueOf(e.getMessage()), null, null);
    } catch (CancellationException | IOException e) {
      // Nobody listens any more.
    } catch (Refusal e) {
      throw e;
    } catch (RuntimeException | Error e) {
      log.accept(
          "unexpected %s at %s".formatted(e, Excerpt.of(exchange.getRequestURI().getPath())));
      throw new Refusal(500, "unexpected " + e.getClass().getSimpleName(), null, null);
    }
  }

  /** Leads to the page, without the key in its address. */
  private void welcome(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Set-Cookie", gate.cookie());
    exchange.getResponseHeaders().set("Location", "/");
    exchange.sendResponseHeaders(303, -1);
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private void route(HttpExchange exchange) throws IOException {
    boolean isKnown = false;
    for (Route route : routes) {
      Optional<Map<String, String>> placeholders =
          route.match(exchange.getRequestURI().getRawPath());
      isKnown |= placeholders.isPresent();
      if (placeholders.isPresent() && route.method().equals(exchange.getRequestMethod())) {
        route.handler().answer(new Call(exchange, placeholders.get()));
        return;
      }
    }
    throw isKnown
        ? new Refusal(405, "not with " + exchange.getRequestMethod(), null, null)
        : Refusal.notFound("page " + exchange.getRequestURI().getPath());
  }

  /** As OpenAI's API tells errors. */
  private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    if (exchange.getResponseCode() >= 0) {
      return; // the answer has begun
    }
    String json =
        JsonText.object(
            out -> {
              out.writeObjectFieldStart("error");
              out.writeStringField("message", refusal.getMessage());
              out.writeStringField(
                  "type", refusal.status() < 500 ? "invalid_request_error" : "server_error");
              out.writeStringField("param", refusal.parameter());
              out.writeStringField("code", refusal.code());
              out.writeEndObject();
            });
    new Call(exchange, Map.of()).answer(refusal.status(), "application/json", json);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        log.accept("some requests are still being worked on, and end with the program");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
