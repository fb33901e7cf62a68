package io.github.lyricist.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, how, and what of. */
class StudioServerTest {
  private static final String HOST = StudioServer.LOOPBACK;

  private final CountDownLatch left = new CountDownLatch(1);
  private final List<String> log = new ArrayList<>();
  private final List<Route> routes =
      List.of(
          new Route("POST", "/echo", call -> echo(call, call.body())),
          new Route("POST", "/large", call -> echo(call, call.body(2 * Limits.REQUEST_BYTES))),
          new Route("GET", "/named/{name}", call -> tell(call, call.placeholder("name"))),
          new Route("GET", "/endless", this::streamForEver),
          new Route("GET", "/slow", this::workForEver),
          new Route("GET", "/slow-but-done", StudioServerTest::work),
          new Route("GET", "/wrong", call -> fail(new IllegalStateException("a mistake of ours"))),
          new Route("GET", "/failed", call -> fail(new RunFailedException("no such text"))),
          new Route(
              "GET",
              "/invalid",
              call -> fail(InvalidInputException.ofKey("rhyme", "found 7", "give letters"))));

  private final HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
  private @Nullable StudioServer server;

  private StudioServer server() {
    if (server == null) {
      server = StudioServer.start(HOST, 0, null, routes, log::add);
    }
    return server;
  }

  private static void tell(Call call, String text) throws IOException {
    call.answer(json -> json.writeStringField("text", text));
  }

  private static void echo(Call call, Body body) throws IOException {
    tell(call, body.required("text"));
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private void streamForEver(Call call) throws IOException {
    try {
      Stream stream = call.events();
      for (int i = 0; ; i++) {
        int number = i;
        stream.event(json -> json.writeNumberField("number", number));
        sleep(20);
      }
    } catch (CancellationException e) {
      left.countDown();
      throw e;
    }
  }

  private void workForEver(Call call) {
    SlowAnswer answer = call.slowly();
    try {
      while (true) {
        answer.beat();
        sleep(20);
      }
    } catch (CancellationException e) {
      left.countDown();
      throw e;
    }
  }

  private static void work(Call call) throws IOException {
    SlowAnswer answer = call.slowly();
    for (int i = 0; i < 40; i++) {
      answer.beat();
      sleep(20);
    }
    answer.end("{\"text\":\"done\"}");
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new CancellationException("the server ends");
    }
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + server().port() + path));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private HttpResponse<String> post(String path, String body) {
    return answer(request(path).POST(BodyPublishers.ofString(body)));
  }

  @Test
  void answersWhatItHasARouteFor() {
    HttpResponse<String> answer = post("/echo", "{\"text\": \"月亮\\n\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"text\":\"月亮\\n\"}");
    assertThat(answer(request("/named/a+b%20%E6%9C%88")).body()).isEqualTo("{\"text\":\"a+b 月\"}");
    assertThat(answer(request("/slow-but-done")).body()).matches(" +\\{\"text\":\"done\"}");
  }

  @Test
  void noPageOfOthersRunsScriptsOrIsShownWithIt() {
    assertThat(answer(request("/named/x")).headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .hasEntrySatisfying(
            "content-security-policy",
            policy ->
                assertThat(policy.get(0))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /nowhere | 404 | there is no page /nowhere",
        "GET  | /echo    | 405 | not with GET",
        "GET  | /wrong   | 500 | unexpected IllegalStateException",
        "GET  | /failed  | 422 | no such text",
        "GET  | /invalid | 400 | rhyme: found 7; give letters",
        "POST | /echo    | 400 | the body is not one JSON object"
      })
  void mistakesAreToldAsOpenAiDoes(String method, String path, int status, String message) {
    HttpResponse<String> answer = answer(request(path).method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .startsWith("{\"error\":{\"message\":\"" + message)
        .contains("\"type\":\"" + (status < 500 ? "invalid_request_error" : "server_error"));
    assertThat(log).hasSize(status == 500 ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"text\": \"a\"} x", "7", "{\"text\": 7}", "{text: 1}"})
  void bodiesMustBeOneJsonObject(String body) {
    assertThat(post("/echo", body).statusCode()).isEqualTo(400);
  }

  @Test
  void bodiesAreBounded() {
    String deep = "{\"text\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
    assertThat(post("/echo", deep).body()).contains("too deep");
    String large = "{\"text\": \"" + "x".repeat(Limits.REQUEST_BYTES) + "\"}";
    HttpResponse<String> answer = post("/echo", large);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("more than 1,048,576 bytes");
    assertThat(post("/large", large).statusCode()).isEqualTo(200);
  }

  /** As a browser asks that was led to another name for this address. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, , 200",
    "localhost, , 200",
    "evil.example, , 403",
    "127.0.0.1, http://127.0.0.1, 200",
    "127.0.0.1, https://127.0.0.1, 403",
    "127.0.0.1, http://evil.example, 403",
    "127.0.0.1, null, 403"
  })
  void otherHostsAndOriginsAreNotLetIn(String host, @Nullable String origin, int status)
      throws IOException {
    int port = server().port();
    String from =
        origin == null
            ? ""
            : "Origin: %s%s\r\n".formatted(origin, origin.equals("null") ? "" : ":" + port);
    String answer = raw("GET /named/x HTTP/1.1\r\nHost: %s:%d\r\n%s".formatted(host, port, from));
    assertThat(answer).startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "/named/x, same-origin, cors, 200",
    "/named/x, none, navigate, 200",
    "/named/x, cross-site, no-cors, 403",
    "/named/x, same-site, cors, 403",
    "/named/x, cross-site, navigate, 403",
    "/, cross-site, navigate, 404", // a link to the page, which is not among these routes
    "/, cross-site, no-cors, 403"
  })
  void whatBrowsersSayOfThemselvesIsHeard(String path, String site, String mode, int status)
      throws IOException {
    String head = "GET %s HTTP/1.1\r\nHost: %s:%d\r\nSec-Fetch-Site: %s\r\nSec-Fetch-Mode: %s\r\n";
    assertThat(raw(head.formatted(path, HOST, server().port(), site, mode)))
        .startsWith("HTTP/1.1 " + status);
  }

  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port())) {
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void beyondThisMachineAKeyIsAskedFor() throws IOException {
    server = StudioServer.start(HOST, 0, "secret", routes, log::add);
    assertThat(server.address()).endsWith(":" + server.port() + "/?key=secret");
    assertThat(answer(request("/named/x")).statusCode()).isEqualTo(401);
    assertThat(answer(request("/?key=other")).statusCode()).isEqualTo(401);
    HttpResponse<String> wrong = answer(request("/named/x").header("Authorization", "Bearer x"));
    assertThat(wrong.body()).contains("\"code\":\"invalid_api_key\"");
    assertThat(answer(request("/named/x").header("Authorization", "Bearer secret")).statusCode())
        .isEqualTo(200);
    HttpResponse<String> welcome = answer(request("/?key=secret"));
    assertThat(welcome.statusCode()).isEqualTo(303);
    assertThat(welcome.headers().firstValue("Location")).contains("/");
    String cookie = welcome.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    assertThat(
            answer(request("/named/x").header("Cookie", cookie.replaceFirst(";.*", "")))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPortInUseIsNamedAndAnotherOneOffered() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> StudioServer.start(HOST, port, null, routes, log::add))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "%s:%d is in use, or not of this machine; give another one, such as \\d+, or"
                      .formatted(HOST, port)
                  + " 0 for any that is free");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/endless", "/slow"})
  void workForAClientThatLeftEnds(String path) throws Exception {
    int port = server().port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET %s HTTP/1.1\r\nHost: %s:%d\r\n\r\n".formatted(path, HOST, port).getBytes(UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0 | host: 0.0.0.0 stands for all addresses; give the one that others know this machine by",
        "nowhere.invalid | host: there is no 'nowhere.invalid'; give an address of this machine"
      })
  void notAtEveryAddress(String host, String message) {
    assertThatThrownBy(() -> StudioServer.start(host, 0, "secret", routes, log::add))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.locatedBy(key -> key)).hasMessage(message));
  }

  @Test
  void aBodyOfManyValuesIsRefused() {
    String values = "0,".repeat(Limits.REQUEST_VALUES);
    assertThat(post("/large", "{\"text\": [" + values + "0]}").body())
        .contains("more than 10,000 values");
  }

  @Test
  void connectionsOfClientsThatLeftAreClosed() throws Exception {
    Assumptions.assumeTrue(openFiles() >= 0, "this system does not count open files");
    int port = server().port();
    long before = openFiles();
    for (int i = 0; i < 40; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String head = "GET /endless HTTP/1.1\r\nHost: %s:%d\r\n\r\n".formatted(HOST, port);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }
    for (int i = 0; i < 500 && openFiles() > before + 20; i++) {
      Thread.sleep(20);
    }
    assertThat(openFiles()).isLessThanOrEqualTo(before + 20);
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : -1;
  }

  @Test
  void tooManyAtOnceAreToldSoAndTheOthersGoOn() throws IOException {
    List<Socket> streams = new ArrayList<>();
    try {
      for (int i = 0; i < Limits.REQUESTS_AT_ONCE; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port());
        streams.add(socket);
        String head = "GET /endless HTTP/1.1\r\nHost: %s:%d\r\n\r\n";
        socket.getOutputStream().write(head.formatted(HOST, server().port()).getBytes(UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      HttpResponse<String> answer = answer(request("/named/x"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("100 requests are being answered");
      assertThat(streams.get(0).getInputStream().read()).isEqualTo('T');
    } finally {
      for (Socket socket : streams) {
        socket.close();
      }
    }
  }
}
