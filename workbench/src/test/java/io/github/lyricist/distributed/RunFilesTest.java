package io.github.lyricist.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run directory and its copy elsewhere. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // set before each test
class RunFilesTest {
  @TempDir private Path folder;

  private Path here;
  private Path there;
  private Connection from;
  private Connection to;

  @BeforeEach
  void connect() throws IOException {
    here = Files.createDirectory(folder.resolve("here"));
    there = folder.resolve("there");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      from = Connection.to("127.0.0.1", server.getLocalPort());
      to = new Connection(server.accept());
    }
  }

  @AfterEach
  void hangUp() throws IOException {
    from.close();
    to.close();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(here.resolve(name), text);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(there)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** How many files went over. */
  private int copy(RunFiles source, RunFiles copy) throws IOException {
    Path before = Files.createTempDirectory(folder, "before");
    if (Files.isDirectory(there)) {
      try (Stream<Path> files = Files.list(there)) {
        for (Path file : files.toList()) {
          Files.move(file, before.resolve(file.getFileName()));
        }
      }
    }
    source.send(from);
    from.flush();
    copy.receive(to);
    int count = names().size();
    try (Stream<Path> files = Files.list(before)) {
      for (Path file : files.toList()) {
        if (Files.notExists(there.resolve(file.getFileName()))) {
          Files.move(file, there.resolve(file.getFileName()));
        }
      }
    }
    return count;
  }

  @Test
  void onlyWhatHasChangedGoesOver() throws IOException {
    RunFiles source = new RunFiles(here);
    RunFiles copy = new RunFiles(there);
    assertThat(copy(source, copy)).isZero();
    write("checkpoint.safetensors", "1");
    write("metrics.jsonl", "a\n");
    write(".lock", "");
    write(".model.safetensors.0.tmp", "half");
    assertThat(copy(source, copy)).isEqualTo(2);
    assertThat(names()).containsExactly("checkpoint.safetensors", "metrics.jsonl");
    assertThat(copy(source, copy)).isZero();
    write("metrics.jsonl", "a\nb\n");
    assertThat(copy(source, copy)).isEqualTo(1);
    assertThat(there.resolve("metrics.jsonl")).hasContent("a\nb\n");
    assertThat(there.resolve("checkpoint.safetensors")).hasContent("1");
  }

  @Test
  void whatCameIsNotSentBack() throws IOException {
    write("config.yaml", "name: a\n");
    RunFiles copy = new RunFiles(there);
    new RunFiles(here).send(from);
    from.flush();
    copy.receive(to);
    copy.send(to);
    to.flush();
    assertThat(from.in().readInt()).isZero();
  }

  @Test
  void theCheckpointGoesLast() throws IOException {
    write("checkpoint.safetensors", "1");
    write("run.json", "{}");
    new RunFiles(here).send(from);
    from.flush();
    assertThat(to.in().readInt()).isEqualTo(2);
    assertThat(to.in().readUTF()).isEqualTo("run.json");
  }

  @Test
  void noFileGoesElsewhere() throws IOException {
    for (String name : List.of("../a", "a/b", "/etc/a", ".lock", "", "a\\b")) {
      from.out().writeInt(1);
      from.out().writeUTF(name);
      from.flush();
      assertThatThrownBy(() -> new RunFiles(there).receive(to))
          .isInstanceOf(IOException.class)
          .hasMessage("no file of a run is called " + name);
    }
    from.out().writeInt(-1);
    from.flush();
    assertThatThrownBy(() -> new RunFiles(there).receive(to)).hasMessageContaining("announced");
    assertThat(names()).isEmpty();
  }
}
