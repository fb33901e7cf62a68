package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelChoiceTest {

  @Test
  void takesTheVectorApiThatTheTestsLoad() {
    KernelChoice choice = KernelChoice.here();
    assertThat(choice.reasonAgainstVectors()).isNull();
    assertThat(choice.kernels().description()).startsWith("Vector API, ");
  }
}
