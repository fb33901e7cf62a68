package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** A layer's output times its dropout mask. */
final class DroppedOutput {
  private static final int CHUNK = 4096;

  private final Kernels kernels;
  private final Workers workers;
  private float @Nullable [] mask; // [T*B, H]
  private float[] dropped = new float[0]; // [T*B, H]

  DroppedOutput(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /**
   * What is read of a layer.
   *
   * @param output {@code [T*B, H]}
   * @param mask {@code float[T*B*H]}, or null where nothing is dropped
   */
  Matrix forward(Matrix output, float @Nullable [] mask) {
    this.mask = mask;
    if (mask == null) {
      return output;
    }
    if (dropped.length < mask.length) {
      dropped = new float[mask.length];
    }
    multiply(dropped, 0, output, mask);
    return Matrix.of(dropped, 0, output.rows(), output.columns());
  }

  /** The same for the gradient, in place. */
  void backward(Matrix gradient) {
    if (mask != null) {
      multiply(gradient.data(), gradient.offset(), gradient, mask);
    }
  }

  private void multiply(float[] to, int toOffset, Matrix from, float[] mask) {
    workers.run(
        (mask.length + CHUNK - 1) / CHUNK,
        (chunk, worker) -> {
          int at = chunk * CHUNK;
          int count = Math.min(CHUNK, mask.length - at);
          kernels.product(to, toOffset + at, from.data(), from.offset() + at, mask, at, count);
        });
  }
}
