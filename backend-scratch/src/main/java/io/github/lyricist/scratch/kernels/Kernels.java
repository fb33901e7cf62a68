package io.github.lyricist.scratch.kernels;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.model.Cell;

/**
 * The inner loops. Every method gives the same bits for the same arguments, whichever thread calls
 * it and however warm the virtual machine is.
 */
public interface Kernels {
  /** What computes, in a few words: {@code Vector API, 512 bits}. */
  String description();

  /** A new inner block of matrix products, for one thread. */
  Tile tile();

  /**
   * What a cell of this kind computes between the products.
   *
   * @throws InvalidInputException if there are no kernels for it
   */
  CellArithmetic cell(Cell kind);

  /** What is thrown where there are no kernels for a cell. */
  static InvalidInputException noSuchCell(Cell kind) {
    return InvalidInputException.ofKey(
        "model.cell", "scratch has no cell '" + kind.name() + "'", "choose one of: " + Cell.all());
  }

  /** {@code to ← from₁ + from₂}. */
  void sum(float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n);

  /** {@code to ← to + from}. */
  default void add(float[] to, int toOffset, float[] from, int fromOffset, int count) {
    sum(to, toOffset, to, toOffset, from, fromOffset, count);
  }

  /** {@code to ← from₁ ⊙ from₂}. */
  void product(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n);

  /**
   * {@code w ← w + factor · g}. The factor is not rounded to single precision: that would make
   * every element's step too long or too short by the same part, and a trajectory can be more
   * sensitive to that than to all other rounding.
   */
  void addScaled(float[] w, float[] g, double factor, int offset, int count);

  /** {@code Σ x²}, in double precision for the same reason. */
  double sumOfSquares(float[] x, int offset, int count);

  /** The largest of {@code count} elements; NaN if one is. */
  float max(float[] x, int offset, int count);

  /** {@code x ← exp(x − max)}; returns the sum. */
  double exponentials(float[] x, int offset, int count, float max);

  /** {@code x ← factor · x}. */
  void scale(float[] x, int offset, int count, float factor);

  /**
   * The loss of one prediction, {@code log Σ exp(logits) − logits[target]}, stable for logits of
   * any size.
   *
   * @param logits {@code count} of them, V, from {@code offset}; overwritten
   */
  default double crossEntropy(float[] logits, int offset, int count, int target) {
    float ofTarget = logits[offset + target];
    float max = max(logits, offset, count);
    return Math.log(exponentials(logits, offset, count, max)) + max - ofTarget;
  }

  /**
   * The same loss; the logits are replaced by its gradient in them, {@code (softmax(logits) −
   * onehot(target)) · scale}.
   */
  default double crossEntropyGradient(
      float[] logits, int offset, int count, int target, float scale) {
    float ofTarget = logits[offset + target];
    float max = max(logits, offset, count);
    double sum = exponentials(logits, offset, count, max);
    scale(logits, offset, count, (float) (scale / sum));
    logits[offset + target] -= scale;
    return Math.log(sum) + max - ofTarget;
  }
}
