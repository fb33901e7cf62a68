package io.github.lyricist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineProcessTest {
  @Test
  void aProcessThatHasEndedLeavesNoHook() throws Exception {
    CompletableFuture<Thread> removed = new CompletableFuture<>();
    Thread thread = new Thread(() -> {});
    Process process = new ProcessBuilder("cat").start();
    EngineProcess.closeAfter(
        process, new ShutdownHook(thread, registered -> {}, removed::complete));
    assertThat(removed).as("while the process lives").isNotDone();
    process.getOutputStream().close();
    assertThat(removed.get(1, TimeUnit.MINUTES)).isSameAs(thread);
  }
}
