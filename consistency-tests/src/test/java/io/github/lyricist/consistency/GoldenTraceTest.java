package io.github.lyricist.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.BackendProvider;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.fake.FakeBackendProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens inside a network, on every engine against the numbers of real PyTorch. */
class GoldenTraceTest {
  private static final double TOLERANCE = 1e-5;

  static Stream<Arguments> filesAndEngines() {
    return Golden.traces()
        .flatMap(
            golden ->
                BackendRegistry.installed().providers().stream()
                    .filter(provider -> !(provider instanceof FakeBackendProvider))
                    .map(BackendProvider::name)
                    .map(engine -> Arguments.of(golden, engine)));
  }

  @ParameterizedTest
  @MethodSource("filesAndEngines")
  void tracesAndAttributesAsPyTorchDoes(Golden golden, String engine) {
    Batch batch = golden.batches().get(0);
    try (Backend backend = BackendRegistry.installed().get(engine).open(DeviceRequest.CPU, 2);
        RecurrentModel model =
            backend.createModel(golden.model(), golden.initial(), Use.INFERENCE)) {
      Trace trace = model.trace(batch, golden.before());
      assertThat(trace.names()).containsExactlyInAnyOrderElementsOf(golden.traced());
      for (String name : golden.traced()) {
        assertClose(name, trace.get(name), golden.traced(name));
      }
      assertClose(
          "attribution",
          model.attribution(batch, golden.before(), golden.tokens()),
          golden.attribution());
    }
  }

  private static void assertClose(String name, float[] actual, double[] expected) {
    assertThat(actual).as(name).hasSize(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("%s[%d]", name, i)
          .isCloseTo(expected[i], within(TOLERANCE));
    }
  }
}
