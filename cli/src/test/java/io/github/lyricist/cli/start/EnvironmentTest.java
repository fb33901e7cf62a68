package io.github.lyricist.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

  @ParameterizedTest
  @CsvSource({
    "vendor_id: GenuineIntel flags: fma avx2 avx512vl, ''",
    "vendor_id: AuthenticAMD flags: fma avx2, OPENBLAS_CORETYPE=Zen",
    "vendor_id: AuthenticAMD flags: fma avx2 avx512vl, OPENBLAS_CORETYPE=SkylakeX",
    "'AMD64 Family 25 Model 33 Stepping 0, AuthenticAMD', ''",
    "'', ''",
  })
  void tellsOpenBlasWhatAmdsProcessorsAre(String processor, String variable) {
    assertThat(Environment.of(processor).stream().filter(v -> v.startsWith("OPENBLAS")))
        .hasSize(variable.isEmpty() ? 0 : 1)
        .allMatch(variable::equals);
    assertThat(Environment.of(processor)).contains("NVIDIA_TF32_OVERRIDE=0");
  }
}
