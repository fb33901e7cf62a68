package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against the plain formula in double, on sizes around a vector's. */
class KernelsTest {
  private static final int[] SIZES = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 47, 64, 97, 1027};
  private static final int OFFSET = 3;

  static Stream<Arguments> kernelsAndSizes() {
    return Stream.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels())
        .flatMap(kernels -> Arrays.stream(SIZES).mapToObj(size -> Arguments.of(kernels, size)));
  }

  private static float[] random(int size, int seed) {
    Random random = new Random(seed);
    float[] x = new float[size + 2 * OFFSET];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (3 * random.nextGaussian());
    }
    return x;
  }

  /** Neither what stands before nor after the part worked on may change. */
  private static void assertAroundUnchanged(float[] actual, float[] before, int size) {
    for (int i = 0; i < OFFSET; i++) {
      assertThat(actual[i]).isEqualTo(before[i]);
      assertThat(actual[OFFSET + size + i]).isEqualTo(before[OFFSET + size + i]);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void sumAndAdd(Kernels kernels, int size) {
    float[] a = random(size, 4);
    float[] b = random(size, 5);
    float[] to = random(size, 6);
    float[] before = to.clone();
    kernels.sum(to, OFFSET, a, 1, b, 2, size);
    for (int i = 0; i < size; i++) {
      assertThat(to[OFFSET + i]).isEqualTo(a[1 + i] + b[2 + i]);
    }
    assertAroundUnchanged(to, before, size);
    float[] sum = to.clone();
    kernels.add(to, OFFSET, a, 1, size);
    for (int i = 0; i < size; i++) {
      assertThat(to[OFFSET + i]).isEqualTo(sum[OFFSET + i] + a[1 + i]);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void product(Kernels kernels, int size) {
    float[] a = random(size, 4);
    float[] b = random(size, 5);
    float[] to = random(size, 6);
    float[] before = to.clone();
    kernels.product(to, OFFSET, a, 1, b, 2, size);
    for (int i = 0; i < size; i++) {
      assertThat(to[OFFSET + i]).isEqualTo(a[1 + i] * b[2 + i]);
    }
    assertAroundUnchanged(to, before, size);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void addScaled(Kernels kernels, int size) {
    float[] w = random(size, 7);
    float[] g = random(size, 8);
    float[] before = w.clone();
    kernels.addScaled(w, g, -0.3f, OFFSET, size);
    for (int i = OFFSET; i < OFFSET + size; i++) {
      assertThat((double) w[i]).isCloseTo(before[i] - 0.3f * (double) g[i], within(1e-6));
    }
    assertAroundUnchanged(w, before, size);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void addScaledByMoreThanAFloatHolds(Kernels kernels, int size) {
    float[] w = random(size, 7);
    float[] g = new float[w.length];
    Arrays.fill(g, 1e-39f);
    float[] before = w.clone();
    kernels.addScaled(w, g, 1e39, OFFSET, size);
    for (int i = OFFSET; i < OFFSET + size; i++) {
      assertThat((double) w[i]).isCloseTo(before[i] + 1e39 * g[i], within(1e-6));
    }
    assertAroundUnchanged(w, before, size);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void sumOfSquares(Kernels kernels, int size) {
    float[] x = random(size, 9);
    double expected = 0;
    for (int i = OFFSET; i < OFFSET + size; i++) {
      expected += (double) x[i] * x[i];
    }
    assertThat(kernels.sumOfSquares(x, OFFSET, size)).isCloseTo(expected, within(1e-6 * expected));
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void crossEntropyAndItsGradient(Kernels kernels, int size) {
    float[] logits = random(size, 10);
    float[] before = logits.clone();
    int target = size / 2;
    double logSum = logSumExp(logits, size);
    double expected = logSum - logits[OFFSET + target];
    assertThat(kernels.crossEntropy(logits.clone(), OFFSET, size, target))
        .isCloseTo(expected, within(1e-6));
    assertThat(kernels.crossEntropyGradient(logits, OFFSET, size, target, 0.5f))
        .isCloseTo(expected, within(1e-6));
    for (int i = 0; i < size; i++) {
      double gradient = (Math.exp(before[OFFSET + i] - logSum) - (i == target ? 1 : 0)) * 0.5;
      assertThat((double) logits[OFFSET + i]).isCloseTo(gradient, within(2e-7));
    }
    assertAroundUnchanged(logits, before, size);
  }

  private static double logSumExp(float[] logits, int size) {
    double sum = 0;
    for (int i = OFFSET; i < OFFSET + size; i++) {
      sum += Math.exp(logits[i]);
    }
    return Math.log(sum);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void crossEntropyOfHugeLogitsIsStable(Kernels kernels, int size) {
    float[] logits = new float[size];
    Arrays.fill(logits, -1e30f);
    logits[0] = 1e30f;
    assertThat(kernels.crossEntropy(logits.clone(), 0, size, 0)).isZero();
    assertThat(kernels.crossEntropyGradient(logits.clone(), 0, size, size - 1, 1f))
        .isEqualTo(size == 1 ? 0 : 2.0 * 1e30f);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndSizes")
  void crossEntropyOfNotANumberIsNotANumber(Kernels kernels, int size) {
    float[] logits = new float[size];
    logits[size - 1] = Float.NaN;
    assertThat(kernels.crossEntropy(logits.clone(), 0, size, 0)).isNaN();
    assertThat(kernels.crossEntropyGradient(logits, 0, size, 0, 1f)).isNaN();
  }
}
