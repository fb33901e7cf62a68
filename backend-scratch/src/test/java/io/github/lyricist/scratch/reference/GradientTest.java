package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.testkit.Tiny;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backpropagation against central differences, in double precision. */
class GradientTest {
  private final Batch batch = Tiny.batch(3, 6, 1);

  static Stream<ModelSpec> architectures() {
    return Tiny.architectures();
  }

  private static ReferenceNetwork network(ModelSpec spec) {
    return new ReferenceNetwork(spec, Tiny.VOCABULARY, Tiny.parameters(spec), Precision.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyParameterHasTheSlopeThatDifferencesShow(ModelSpec spec) {
    Differences.assertGradients(network(spec), batch, Tiny.dropout(spec, batch, 1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyInputHasTheSlopeThatDifferencesShow(ModelSpec spec) {
    Differences.assertAttribution(network(spec));
  }
}
