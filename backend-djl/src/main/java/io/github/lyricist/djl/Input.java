package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Memory outside Java's heap by which one input reaches PyTorch, step after step. DJL would
 * allocate it anew for each array, and leave it to the garbage collector, which sees no reason to
 * hurry.
 */
final class Input {
  private static final int CHUNK = 1 << 18; // elements

  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  /** An array that is valid until the next call. */
  NDArray of(int[] values, Shape shape, NDManager step) {
    room(values.length).asIntBuffer().put(values);
    return step.create(buffer, shape, DataType.INT32);
  }

  /** An array that is valid until the next call. */
  NDArray of(float[] values, Shape shape, NDManager step) {
    return of(values, 0, shape, step);
  }

  private NDArray of(float[] values, int offset, Shape shape, NDManager step) {
    int length = Math.toIntExact(shape.size());
    room(length).asFloatBuffer().put(values, offset, length);
    return step.create(buffer, shape, DataType.FLOAT32);
  }

  private ByteBuffer room(int elements) {
    int bytes = Math.multiplyExact(elements, Float.BYTES);
    if (buffer.capacity() != bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    return buffer;
  }

  /**
   * A copy in PyTorch's own memory, made part by part, so that a large array isn't there twice.
   *
   * @param values an array of this shape begins at {@code offset}
   * @param owner owns the copy
   */
  static NDArray copy(float[] values, int offset, Shape shape, NDManager owner) {
    int length = Math.toIntExact(shape.size());
    NDArray copy = owner.create(shape, DataType.FLOAT32);
    Input input = new Input();
    int count;
    try (NDArray flat = copy.reshape(length)) {
      for (int from = 0; from < length; from += count) {
        count = Math.min(CHUNK, length - from);
        try (NDArray part = input.of(values, offset + from, new Shape(count), owner)) {
          flat.set(new NDIndex().addSliceDim(from, from + count), part);
        }
      }
    }
    return copy;
  }

  /**
   * Likewise a transposed copy of a matrix.
   *
   * @param values {@code float[rows*columns]}
   * @return {@code [columns, rows]}
   */
  static NDArray transposedCopy(float[] values, int rows, int columns, NDManager owner) {
    NDArray copy = owner.create(new Shape(columns, rows), DataType.FLOAT32);
    Input input = new Input();
    int count;
    for (int from = 0; from < columns; from += count) {
      count = Math.min(Math.max(1, CHUNK / rows), columns - from);
      FloatBuffer block = input.room(Math.multiplyExact(rows, count)).asFloatBuffer();
      for (int row = 0; row < rows; row++) {
        block.put(values, row * columns + from, count);
      }
      try (NDArray part = owner.create(input.buffer, new Shape(rows, count), DataType.FLOAT32);
          NDArray transposed = part.transpose()) {
        copy.set(new NDIndex().addSliceDim(from, from + count), transposed);
      }
    }
    return copy;
  }
}
