package io.github.lyricist.scratch.kernels;

/**
 * Exponential, hyperbolic tangent and logistic function in single precision, by polynomials
 * (Moshier's Cephes library, 1989). {@link VectorMath} is the same on many numbers at once. All
 * stay within 2 units in the last place of the true value, the logistic function within 3.
 */
final class ScalarMath {
  static final float LOG2_E = 1.442695f;
  // ln 2 in two parts, the first exact in few bits, so that x - n ln 2 loses none.
  static final float LN2_HIGH = 0.6933594f;
  static final float LN2_LOW = -0.00021219444f;
  // Beyond these, the result is beyond the normal numbers of a float.
  static final float EXP_MIN = -87.33654f;
  static final float EXP_MAX = 88.37626f;
  // Adding and subtracting it rounds to a whole number, which stands in the sum's lowest bits.
  static final float ROUNDING = 0x1.8p23f;
  static final float P0 = 0.00019875691f;
  static final float P1 = 0.0013981999f;
  static final float P2 = 0.008333452f;
  static final float P3 = 0.041665796f;
  static final float P4 = 0.16666666f;
  static final float P5 = 0.5f;

  static final float TANH_SMALL = 0.625f;
  static final float Q0 = -0.0057049887f;
  static final float Q1 = 0.020639088f;
  static final float Q2 = -0.053739715f;
  static final float Q3 = 0.13331442f;
  static final float Q4 = -0.3333328f;

  private ScalarMath() {}

  /** e to the x, for x clamped to where the result is a normal float. */
  static float exp(float x) {
    float clamped = Math.min(Math.max(x, EXP_MIN), EXP_MAX);
    float shifted = clamped * LOG2_E + ROUNDING;
    float n = shifted - ROUNDING;
    float r = clamped - n * LN2_HIGH - n * LN2_LOW;
    float p = ((((P0 * r + P1) * r + P2) * r + P3) * r + P4) * r + P5;
    float result = p * (r * r) + r + 1;
    int exponent = Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(ROUNDING);
    return Float.intBitsToFloat(Float.floatToRawIntBits(result) + (exponent << 23));
  }

  /** The logistic function, {@code 1 / (1 + exp(−x))}. */
  static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  static float tanh(float x) {
    if (Math.abs(x) < TANH_SMALL) {
      float z = x * x;
      float q = (((Q0 * z + Q1) * z + Q2) * z + Q3) * z + Q4;
      return q * z * x + x;
    }
    float magnitude = 1 - 2 / (exp(2 * Math.abs(x)) + 1);
    return Math.copySign(magnitude, x);
  }
}
