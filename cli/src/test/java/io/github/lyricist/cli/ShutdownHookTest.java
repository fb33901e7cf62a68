package io.github.lyricist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownHookTest {
  @Test
  void isTakenBackWhenClosed() {
    List<Thread> hooks = new ArrayList<>();
    Thread thread = new Thread(() -> {});
    ShutdownHook hook = new ShutdownHook(thread, hooks::add, hooks::remove);
    assertThat(hooks).containsExactly(thread);
    hook.close();
    assertThat(hooks).isEmpty();
  }

  @Test
  void closesWhileTheVirtualMachineEnds() {
    ShutdownHook hook =
        new ShutdownHook(
            new Thread(() -> {}),
            thread -> {},
            thread -> {
              throw new IllegalStateException("Shutdown in progress");
            });
    assertThatCode(hook::close).doesNotThrowAnyException();
  }
}
