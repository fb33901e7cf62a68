package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. A page of another origin is not, however it names this server (DNS rebinding,
 * cross-site posts): {@code Host} must be one of ours, and so must {@code Origin}, where there is
 * one. Where there is a token, it must be shown, as OpenAI's clients show their API key.
 */
final class Gate {
  private static final String SCHEME = "Bearer ";

  /** In the address that is printed. */
  static final String KEY = "key=";

  private final Set<String> hosts; // host:port
  private final String shown; // cookies don't know ports, so that its name has one
  private final @Nullable String token;

  Gate(Set<String> hosts, @Nullable String token) {
    this.hosts = hosts;
    this.shown = "lyricist-" + hosts.iterator().next().replaceFirst(".*:", "") + "=";
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
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new Refusal(403, "this server is not called so: its hosts are " + hosts, null, null);
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && hosts.stream().noneMatch(each -> origin.equals("http://" + each))) {
      throw new Refusal(403, "a page of another origin has no access", null, null);
    }
    if (isOfAnotherSite(headers) && !isVisit(exchange)) {
      throw new Refusal(403, "a page of another site has no access", null, null);
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
    return shown + token + "; HttpOnly; SameSite=Strict; Path=/";
  }

  /** As browsers say themselves, even where they send no origin. */
  private static boolean isOfAnotherSite(Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /** Whether somebody follows a link to the page. */
  private static boolean isVisit(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals("/")
        && "navigate".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Mode"));
  }

  private boolean isShown(Headers headers, String token) {
    String authorization = headers.getFirst("Authorization");
    if (authorization != null && authorization.startsWith(SCHEME)) {
      return areEqual(authorization.substring(SCHEME.length()), token);
    }
    String cookies = headers.getFirst("Cookie");
    for (String cookie : cookies == null ? new String[0] : cookies.split("; *", -1)) {
      if (cookie.startsWith(shown) && areEqual(cookie.substring(shown.length()), token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
