package io.github.lyricist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.training.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  @Test
  void asksTheRunToStopAndWaitsUntilItHas() throws Exception {
    Interruption interruption = new Interruption();
    assertThat(interruption.isRequested()).isFalse();
    List<TrainingEvent> events = new ArrayList<>();
    interruption.watching(events::add).on(new TrainingEvent.Started(1, 2, 3));
    assertThat(events).containsExactly(new TrainingEvent.Started(1, 2, 3));
    CompletableFuture<Void> hook = CompletableFuture.runAsync(interruption::stopRun);
    while (!interruption.isRequested()) {
      Thread.onSpinWait();
    }
    assertThat(hook).isNotDone();
    interruption.close();
    hook.get(1, TimeUnit.MINUTES);
  }

  /** As while a long text is read. */
  @Test
  void beforeTrainingHasBegunThereIsNothingToWaitFor() {
    try (Interruption interruption = new Interruption()) {
      interruption.watching(event -> {}).on(new TrainingEvent.Notice("reading"));
      interruption.stopRun();
      assertThat(interruption.isRequested()).isTrue();
    }
  }

  @Test
  void nothingIsAskedOfARunThatEndsByItself() {
    Interruption interruption = new Interruption();
    interruption.close();
    assertThat(interruption.isRequested()).isFalse();
  }
}
