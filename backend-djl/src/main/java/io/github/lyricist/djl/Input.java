package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory outside Java's heap by which one input reaches PyTorch, step after step. DJL would
 * allocate it anew for each array, and leave it to the garbage collector, which sees no reason to
 * hurry.
 */
final class Input {
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  /** An array that is valid until the next call. */
  NDArray of(int[] values, Shape shape, NDManager step) {
    room(values.length * Integer.BYTES).asIntBuffer().put(values);
    return step.create(buffer, shape, DataType.INT32);
  }

  /** An array that is valid until the next call. */
  NDArray of(float[] values, Shape shape, NDManager step) {
    room(values.length * Float.BYTES).asFloatBuffer().put(values);
    return step.create(buffer, shape, DataType.FLOAT32);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.capacity() != bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    return buffer;
  }
}
