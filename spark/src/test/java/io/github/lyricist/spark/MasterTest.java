package io.github.lyricist.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lyricist.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterTest {
  @ParameterizedTest
  @ValueSource(strings = {"local", "local[3]", "local[*]", "local-cluster[2,1,1024]"})
  void ofThisMachineAreOnTheLoopbackDevice(String url) {
    Master master = Master.of(url);
    assertThat(master.ownAddress()).isEqualTo("127.0.0.1");
    assertThat(master.megabytes()).isEqualTo(url.endsWith("1024]") ? "1024" : null);
  }

  @Test
  void ofAnotherIsReachedFromWhereTheWayThereBegins() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "spark://127.0.0.1:" + server.getLocalPort();
      assertThat(Master.of(url)).isEqualTo(new Master(url, "127.0.0.1"));
      assertThat(Master.of(url + ",other:7077").url()).isEqualTo(url + ",other:7077");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spark",
        "spark://",
        "spark://host",
        "spark://:7077",
        "local[]",
        "local[2",
        "yarn",
        "local-cluster[2,1]",
        "mesos://host:5050",
        "spark://host:7077/path"
      })
  void othersAreNone(String url) {
    assertThatThrownBy(() -> Master.of(url))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--master " + url + ": no Spark cluster; expected spark://");
  }

  @Test
  void noneOutOfRangeIsReached() {
    assertThatThrownBy(() -> Master.of("spark://127.0.0.1:99999"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no master: port out of range");
  }

  @Test
  void whatSparksOwnScriptSaysIsTaken() {
    System.setProperty("spark.master", "yarn");
    try {
      assertThat(Master.of("yarn").url()).isEqualTo("yarn");
    } finally {
      System.clearProperty("spark.master");
    }
  }
}
