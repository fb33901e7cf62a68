package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.ScalarMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMath} on as many numbers at once as a vector holds. Each loop calls the Vector API
 * and nothing of ours, and holds one function at most: a method of ours is left out of the loop's
 * code where that grows beyond what the compiler likes, and then an object is made of every vector
 * that goes in or out of it.
 */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /**
   * The class of a vector of floats. JDK 17's compiler takes it from the calls that it has seen so
   * far, and if that was too early, objects are made of vectors for good; the cast costs nothing.
   * Needed by a vector that a method is called on: one just made from an array, a number or other
   * bits, one that a loop has carried, and the last of a long method.
   */
  static final Class<? extends FloatVector> VECTOR = FloatVector.zero(SPECIES).getClass();

  private static final Class<? extends IntVector> INT_VECTOR =
      FloatVector.zero(SPECIES).reinterpretAsInts().getClass();
  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);
  private static final int ALL_BITS = -1;
  private static final int SIGN_BIT = Integer.MIN_VALUE;
  private static final int MAGNITUDE_BITS = Integer.MAX_VALUE;

  private VectorMath() {}

  /**
   * {@code y ← exp(x + shift)}, each clamped to where that is a normal float.
   *
   * @param count how many numbers, whole vectors of them
   */
  static void exp(float[] x, int from, float shift, float[] y, int to, int count) {
    exp(x, from, 1, shift, ALL_BITS, y, to, count);
  }

  /**
   * {@code y ← exp((slope·x + shift) & bits)}: with the sign's bit left out, of the magnitude. With
   * more than 325 bytecodes it is compiled on its own, not into its callers.
   */
  private static void exp(
      float[] x, int from, float slope, float shift, int bits, float[] y, int to, int count) {
    FloatVector slopes = VECTOR.cast(FloatVector.broadcast(SPECIES, slope));
    FloatVector shifts = VECTOR.cast(FloatVector.broadcast(SPECIES, shift));
    FloatVector least = VECTOR.cast(FloatVector.broadcast(SPECIES, EXP_MIN));
    FloatVector most = VECTOR.cast(FloatVector.broadcast(SPECIES, EXP_MAX));
    FloatVector log2e = VECTOR.cast(FloatVector.broadcast(SPECIES, LOG2_E));
    FloatVector rounding = VECTOR.cast(FloatVector.broadcast(SPECIES, ROUNDING));
    FloatVector low = VECTOR.cast(FloatVector.broadcast(SPECIES, -LN2_LOW));
    FloatVector high = VECTOR.cast(FloatVector.broadcast(SPECIES, -LN2_HIGH));
    FloatVector p0 = VECTOR.cast(FloatVector.broadcast(SPECIES, P0));
    FloatVector p1 = VECTOR.cast(FloatVector.broadcast(SPECIES, P1));
    FloatVector p2 = VECTOR.cast(FloatVector.broadcast(SPECIES, P2));
    FloatVector p3 = VECTOR.cast(FloatVector.broadcast(SPECIES, P3));
    FloatVector p4 = VECTOR.cast(FloatVector.broadcast(SPECIES, P4));
    FloatVector p5 = VECTOR.cast(FloatVector.broadcast(SPECIES, P5));
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector number = VECTOR.cast(FloatVector.fromArray(SPECIES, x, from + i));
      IntVector argument = INT_VECTOR.cast(number.mul(slopes).add(shifts).reinterpretAsInts());
      FloatVector clamped =
          VECTOR.cast(argument.and(bits).reinterpretAsFloats()).max(least).min(most);
      FloatVector shifted = clamped.fma(log2e, rounding);
      FloatVector n = shifted.sub(rounding);
      FloatVector r = n.fma(low, n.fma(high, clamped));
      FloatVector p = p0.fma(r, p1).fma(r, p2).fma(r, p3).fma(r, p4).fma(r, p5);
      IntVector result = INT_VECTOR.cast(p.fma(r.mul(r), r).add(1).reinterpretAsInts());
      IntVector exponent = INT_VECTOR.cast(shifted.reinterpretAsInts()).sub(ROUNDING_BITS);
      IntVector scaled = result.add(exponent.lanewise(VectorOperators.LSHL, 23));
      VECTOR.cast(scaled.reinterpretAsFloats()).intoArray(y, to + i);
    }
  }

  /** {@code x ← 1 / (1 + exp(−x))}, the logistic function. */
  static void sigmoid(float[] x, int offset, int count) {
    exp(x, offset, -1, 0, ALL_BITS, x, offset, count);
    squash(Squashing.SIGMOID, x, offset, x, offset, x, offset, count);
  }

  /**
   * {@code y ← tanh(x)}.
   *
   * @param space for {@code count} numbers at {@code at}, which may be y's, but not x's
   * @param y may be x
   */
  static void tanh(float[] x, int from, float[] space, int at, float[] y, int to, int count) {
    exp(x, from, 2, 0, MAGNITUDE_BITS, space, at, count);
    squash(Squashing.TANH, x, from, space, at, y, to, count);
  }

  private enum Squashing {
    SIGMOID,
    TANH
  }

  /**
   * From the exponentials to the function: {@code y ← 1 / (e + 1)} or, with x's sign, {@code 1 − 2
   * / (e + 1)}, which is too coarse near 0, where a polynomial in x takes over. Both are one method
   * for the reason given at {@link #exp}.
   */
  private static void squash(
      Squashing function,
      float[] x,
      int from,
      float[] exponentials,
      int at,
      float[] y,
      int to,
      int count) {
    FloatVector one = VECTOR.cast(FloatVector.broadcast(SPECIES, 1));
    if (function == Squashing.SIGMOID) {
      for (int i = 0; i < count; i += SPECIES.length()) {
        FloatVector e = VECTOR.cast(FloatVector.fromArray(SPECIES, exponentials, at + i));
        one.div(e.add(one)).intoArray(y, to + i);
      }
      return;
    }
    FloatVector two = VECTOR.cast(FloatVector.broadcast(SPECIES, 2));
    FloatVector q0 = VECTOR.cast(FloatVector.broadcast(SPECIES, Q0));
    FloatVector q1 = VECTOR.cast(FloatVector.broadcast(SPECIES, Q1));
    FloatVector q2 = VECTOR.cast(FloatVector.broadcast(SPECIES, Q2));
    FloatVector q3 = VECTOR.cast(FloatVector.broadcast(SPECIES, Q3));
    FloatVector q4 = VECTOR.cast(FloatVector.broadcast(SPECIES, Q4));
    FloatVector leastLarge = VECTOR.cast(FloatVector.broadcast(SPECIES, TANH_SMALL));
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector number = VECTOR.cast(FloatVector.fromArray(SPECIES, x, from + i));
      FloatVector z = number.mul(number);
      FloatVector small = q0.fma(z, q1).fma(z, q2).fma(z, q3).fma(z, q4).mul(z).fma(number, number);
      FloatVector e = VECTOR.cast(FloatVector.fromArray(SPECIES, exponentials, at + i));
      IntVector magnitude = INT_VECTOR.cast(one.sub(two.div(e.add(one))).reinterpretAsInts());
      IntVector sign = INT_VECTOR.cast(number.reinterpretAsInts()).and(SIGN_BIT);
      FloatVector large = VECTOR.cast(magnitude.or(sign).reinterpretAsFloats());
      VectorMask<Float> isSmall = leastLarge.compare(VectorOperators.GT, number.abs());
      large.blend(small, isSmall).intoArray(y, to + i);
    }
  }
}
