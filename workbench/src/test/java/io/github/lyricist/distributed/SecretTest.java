package io.github.lyricist.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may talk to whom. */
@Timeout(60)
class SecretTest {
  private final Secret secret = Secret.fresh();

  /** Someone who calls; the result is null, or why they hung up. */
  private static CompletableFuture<Object> call(int port, Secret known) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = Connection.to("127.0.0.1", port)) {
            known.prove(connection, true);
            connection.out().writeInt(42);
            connection.flush();
            return connection.in().read();
          } catch (IOException e) {
            return e;
          }
        });
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  }

  @Test
  void whoKnowsItComesIn() throws Exception {
    try (ServerSocket server = server()) {
      var caller = call(server.getLocalPort(), Secret.parse(secret.text() + "\n"));
      try (Connection connection = new Entrance(server, secret).next(() -> {})) {
        assertThat(connection.in().readInt()).isEqualTo(42);
      }
      assertThat(caller.get()).isEqualTo(-1);
    }
  }

  @Test
  void strangersAreSentAwayAndDoNotHinderOthers() throws Exception {
    try (ServerSocket server = server();
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket babbling = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
      babbling.getOutputStream().write(new byte[100]);
      var stranger = call(server.getLocalPort(), Secret.fresh());
      Thread.sleep(200);
      var friend = call(server.getLocalPort(), secret);
      try (Connection connection = new Entrance(server, secret).next(() -> {})) {
        assertThat(connection.in().readInt()).isEqualTo(42);
      }
      assertThat(stranger.get()).isInstanceOf(IOException.class);
      assertThat(friend.get()).isEqualTo(-1);
      assertThat(silent.getInputStream().readAllBytes()).hasSize(32);
    }
  }

  @Test
  void itIsNeverTheSame() {
    assertThat(Secret.fresh().text()).hasSize(64).isNotEqualTo(secret.text());
  }

  @Test
  void membersThatWouldComputeOtherNumbersAreRefused() {
    List<String> leader = List.of("1", "e (Vector API, 512 bits)", "cpu", "J 17", "amd64");
    List<String> worker = List.of("1", "e (Vector API, 256 bits)", "cpu", "J 17", "amd64");
    assertThatCode(() -> Identity.requireSame(leader, leader, "worker 1"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Identity.requireSame(leader, worker, "worker 1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "worker 1: engine is e (Vector API, 256 bits) there, and e (Vector API, 512 bits) here;"
                + " mixed workers don't compute the same numbers; use the same on all");
    assertThatThrownBy(() -> Identity.requireSame(leader, List.of("1"), "worker 1"))
        .hasMessageContaining("unknown there");
  }
}
