package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.ScalarMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarMath} on as many numbers at once as a vector holds. */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  private VectorMath() {}

  /** e to the x, for x clamped to where the result is a normal float. */
  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.max(EXP_MIN).min(EXP_MAX);
    FloatVector shifted = clamped.fma(splat(LOG2_E), splat(ROUNDING));
    FloatVector n = shifted.sub(ROUNDING);
    FloatVector r = n.fma(splat(-LN2_LOW), n.fma(splat(-LN2_HIGH), clamped));
    FloatVector p =
        splat(P0)
            .fma(r, splat(P1))
            .fma(r, splat(P2))
            .fma(r, splat(P3))
            .fma(r, splat(P4))
            .fma(r, splat(P5));
    FloatVector result = p.fma(r.mul(r), r).add(1);
    IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDING_BITS);
    return result
        .reinterpretAsInts()
        .add(exponent.lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats();
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector magnitude = x.abs();
    FloatVector z = x.mul(x);
    FloatVector small =
        splat(Q0)
            .fma(z, splat(Q1))
            .fma(z, splat(Q2))
            .fma(z, splat(Q3))
            .fma(z, splat(Q4))
            .mul(z)
            .fma(x, x);
    FloatVector large = splat(1).sub(splat(2).div(exp(magnitude.add(magnitude)).add(1)));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    FloatVector signed = large.reinterpretAsInts().or(sign).reinterpretAsFloats();
    VectorMask<Float> isSmall = magnitude.lt(TANH_SMALL);
    return signed.blend(small, isSmall);
  }

  /** The logistic function, {@code 1 / (1 + exp(−x))}. */
  static FloatVector sigmoid(FloatVector x) {
    return splat(1).div(exp(x.neg()).add(1));
  }

  static FloatVector load(float[] x, int offset) {
    return FloatVector.fromArray(SPECIES, x, offset);
  }

  private static FloatVector splat(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
