package io.github.lyricist.scratch.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
  private static final ModelSpec MODEL = new ModelSpec(Cell.RNN, 4, 1, null, false, 0, true);

  static Stream<Arguments> firstChanges() {
    return Stream.of(
        Arguments.of(new Adam(0.1, 0.9, 0.999, 1e-8), -0.1),
        Arguments.of(new RmsProp(0.1, 0.99, 1e-8), -1));
  }

  @ParameterizedTest
  @MethodSource("firstChanges")
  void clipsAHugeGradientBeforeItIsSquared(OptimizerSpec spec, double change) {
    Optimizer optimizer =
        Optimizer.of(spec, FastWeights.zero(MODEL, 3), KernelChoice.plain().kernels());
    float[] w = FastWeights.zero(MODEL, 3).trained().get(0);
    float[] g = new float[w.length];
    Arrays.fill(g, 1e22f);
    optimizer.nextStep();
    optimizer.step(0, w, g, 1e-22, 0.1, 0, w.length);
    for (float weight : w) {
      assertThat((double) weight).isCloseTo(change, within(1e-5));
    }
  }
}
