package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorKernelsTest {

  @ParameterizedTest
  @CsvSource({
    "amd64, 128, true",
    "amd64, 256, true",
    "amd64, 512, false",
    "x86_64, 256, true",
    "aarch64, 128, false",
    "aarch64, 256, false",
    "aarch64, 512, false",
  })
  void theTileFitsTheRegisters(String architecture, int vectorBits, boolean few) {
    assertThat(VectorKernels.hasFewRegisters(architecture, vectorBits)).isEqualTo(few);
  }
}
