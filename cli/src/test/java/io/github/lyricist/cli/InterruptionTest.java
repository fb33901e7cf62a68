package io.github.lyricist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  @Test
  void asksTheRunToStopAndWaitsUntilItHas() throws Exception {
    Interruption interruption = new Interruption();
    assertThat(interruption.isRequested()).isFalse();
    CompletableFuture<Void> hook = CompletableFuture.runAsync(interruption::stopRun);
    while (!interruption.isRequested()) {
      Thread.onSpinWait();
    }
    assertThat(hook).isNotDone();
    interruption.close();
    hook.get(1, TimeUnit.MINUTES);
  }

  @Test
  void nothingIsAskedOfARunThatEndsByItself() {
    Interruption interruption = new Interruption();
    interruption.close();
    assertThat(interruption.isRequested()).isFalse();
  }
}
