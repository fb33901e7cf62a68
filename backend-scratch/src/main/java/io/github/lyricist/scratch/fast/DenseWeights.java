package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Matrix;
import io.github.lyricist.scratch.kernels.PackedMatrix;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of weights W {@code [N, M]} as products read it: packed for the way forward, {@code
 * x·Wᵀ}, and where there is a way back, packed for that, {@code g·W}. For several threads.
 */
final class DenseWeights {
  private final int rows; // N
  private final int columns; // M
  private final Matrix plain; // W as an optimizer changes it; empty where nothing does
  private final boolean fixed;
  private final PackedMatrix forward; // Wᵀ [M, N]
  private @Nullable PackedMatrix backward; // W [N, M]
  private boolean forwardIsStale;
  private boolean backwardIsStale = true;

  private DenseWeights(int rows, int columns, Matrix plain, boolean fixed, PackedMatrix forward) {
    this.rows = rows;
    this.columns = columns;
    this.plain = plain;
    this.fixed = fixed;
    this.forward = forward;
    this.forwardIsStale = !fixed;
  }

  /**
   * Weights that change: whoever changes them calls {@link #changed}.
   *
   * @param values W, {@code float[N*M]}; not copied
   */
  static DenseWeights changing(float[] values, int rows, int columns, Products products) {
    Matrix weights = Matrix.of(values, 0, rows, columns);
    return new DenseWeights(rows, columns, weights, false, products.packed(columns, rows));
  }

  /**
   * Weights that stay as they are.
   *
   * @param values W, {@code float[N*M]}; given away
   */
  static DenseWeights fixed(float[] values, int rows, int columns, Products products) {
    PackedMatrix packed = products.packedFrom(values, columns, rows);
    return new DenseWeights(rows, columns, Matrix.empty(), true, packed);
  }

  /** Has both forms made anew when they are next asked for. */
  synchronized void changed() {
    forwardIsStale = true;
    backwardIsStale = true;
  }

  /** Wᵀ {@code [M, N]}. */
  synchronized PackedMatrix forward(Products products) {
    if (forwardIsStale) {
      products.pack(plain.transposed(), forward);
      forwardIsStale = false;
    }
    return forward;
  }

  /** W {@code [N, M]}; of weights that stay as they are a form that nobody keeps. */
  synchronized PackedMatrix backward(Products products) {
    if (fixed) {
      return products.repacked(Matrix.of(toArray(), 0, rows, columns), null);
    }
    if (backwardIsStale) {
      backward = products.repacked(plain, backward);
      backwardIsStale = false;
    }
    return Objects.requireNonNull(backward);
  }

  /** A copy of W, {@code float[N*M]}. */
  float[] toArray() {
    return fixed ? forward.transposed() : plain.data().clone();
  }
}
