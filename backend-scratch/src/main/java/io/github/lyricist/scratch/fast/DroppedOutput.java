package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
import org.jspecify.annotations.Nullable;

/** A layer's output times its dropout mask. */
final class DroppedOutput {
  private static final int CHUNK = 4096;

  private final Kernels kernels;
  private final Workers workers;
  private final Workers.Task multiplyChunk = this::multiplyChunk;
  private float @Nullable [] mask; // [T*B, H]
  private Matrix dropped = Matrix.empty(); // [T*B, H]
  // what the tasks work on
  private Matrix from = Matrix.empty();
  private Matrix to = Matrix.empty();
  private float[] factors = {};

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
    dropped = dropped.ofShape(output.rows(), output.columns());
    multiply(dropped, output, mask);
    return dropped;
  }

  /** The same for the gradient, in place. */
  void backward(Matrix gradient) {
    if (mask != null) {
      multiply(gradient, gradient, mask);
    }
  }

  private void multiply(Matrix to, Matrix from, float[] mask) {
    this.to = to;
    this.from = from;
    this.factors = mask;
    workers.run((mask.length + CHUNK - 1) / CHUNK, multiplyChunk);
  }

  private void multiplyChunk(int chunk, int worker) {
    int at = chunk * CHUNK;
    int count = Math.min(CHUNK, factors.length - at);
    kernels.product(
        to.data(), to.offset() + at, from.data(), from.offset() + at, factors, at, count);
  }
}
