package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * What is computed in double precision: a norm or a factor that is rounded makes every element's
 * step too long or too short by the same part, and a trajectory can be more sensitive to that than
 * to all other rounding. What is made on the way is given back at once, since memory that is new to
 * the process costs more than the arithmetic.
 */
final class DoublePrecision {
  private DoublePrecision() {}

  /** ‖x‖₂². */
  static double sumOfSquares(NDArray x) {
    try (NDArray exact = x.toType(DataType.FLOAT64, true);
        NDArray sum = exact.muli(exact).sum()) {
      return sum.getDouble();
    }
  }

  /** {@code factor · x}, each element rounded once; of the manager of x. */
  static NDArray product(NDArray x, double factor) {
    if ((float) factor == factor) {
      return x.mul(factor);
    }
    try (NDArray exact = x.toType(DataType.FLOAT64, true)) {
      return exact.muli(factor).toType(DataType.FLOAT32, false);
    }
  }
}
