package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. A page of another origin is not, however it names this server (DNS rebinding,
 * cross-site posts): {@code Host} must be one of ours, and so must {@code Origin}, where there is
 * one. Where there is a token, it must be shown, as OpenAI's clients show their API key.
 */
final class Gate {
  private static final String SCHEME = "Bearer ";
  private static final String COOKIE = "lyricist=";

  /** In the address that is printed. */
  static final String KEY = "key=";

  private final Set<String> hosts; // host:port
  private final @Nullable String token;

  Gate(Set<String> hosts, @Nullable String token) {
    this.hosts = hosts;
    this.token = token;
  }

  /**
   * Checks a request.
   *
   * @throws Refusal if it is not let in
   */
  void check(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    if (host == null || !hosts.contains(host)) {
      throw new Refusal(403, "this server is not called so: its hosts are " + hosts, null, null);
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && hosts.stream().noneMatch(each -> origin.equals("http://" + each))) {
      throw new Refusal(403, "a page of another origin has no access", null, null);
    }
    if (token != null && !isShown(headers, token) && !isInAddress(exchange, token)) {
      throw new Refusal(
          401,
          "the API key is missing or wrong; it was printed at the start",
          null,
          "invalid_api_key");
    }
  }

  /** Whether the address is the one that was printed, which lets a browser in. */
  boolean isInvitation(HttpExchange exchange) {
    return token != null && isInAddress(exchange, token);
  }

  private static boolean isInAddress(HttpExchange exchange, String token) {
    String query = exchange.getRequestURI().getRawQuery();
    return query != null && query.startsWith(KEY) && areEqual(query.substring(KEY.length()), token);
  }

  /** What a browser shows from now on. */
  String cookie() {
    return COOKIE + token + "; HttpOnly; SameSite=Strict; Path=/";
  }

  private static boolean isShown(Headers headers, String token) {
    String authorization = headers.getFirst("Authorization");
    if (authorization != null && authorization.startsWith(SCHEME)) {
      return areEqual(authorization.substring(SCHEME.length()), token);
    }
    String cookies = headers.getFirst("Cookie");
    for (String cookie : cookies == null ? new String[0] : cookies.split("; *", -1)) {
      if (cookie.startsWith(COOKIE) && areEqual(cookie.substring(COOKIE.length()), token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
