package io.github.lyricist.nd4j;

import io.github.lyricist.Bytes;
import io.github.lyricist.RunFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Owns arrays outside Java's heap, and frees them all at once. Left to the garbage collector, which
 * sees only their small Java objects, they would pile up.
 */
final class NativeArrays implements AutoCloseable {
  private final List<INDArray> arrays = new ArrayList<>();

  /** A matrix of single-precision numbers, not initialized, column by column. */
  INDArray matrix(long rows, long columns) {
    return allocate(DataType.FLOAT, rows, columns);
  }

  /** A matrix {@code [N, T*B]} with its time steps, not initialized. */
  Series series(long rows, BatchShape shape) {
    return Series.of(matrix(rows, shape.positions()), shape.batchSize());
  }

  /** A matrix {@code [N, B]}, not initialized, that all time steps share in turn. */
  Series sharedSeries(long rows, BatchShape shape) {
    INDArray step = matrix(rows, shape.batchSize());
    return new Series(step, Collections.nCopies(shape.steps(), step).toArray(INDArray[]::new));
  }

  /** A matrix full of ones: a product with it sums rows or columns, or repeats them. */
  INDArray ones(long rows, long columns) {
    return matrix(rows, columns).assign(1);
  }

  /** A vector of single-precision numbers, not initialized. */
  INDArray vector(long length) {
    return allocate(DataType.FLOAT, length);
  }

  /** A vector of double-precision numbers, not initialized. */
  INDArray doubles(long length) {
    return allocate(DataType.DOUBLE, length);
  }

  /** Copies an array's elements to Java's heap, column by column ({@code 'f'}) or row by row. */
  static float[] toHeap(INDArray array, char order) {
    try (INDArray copy = orOutOfMemory(array.length(), array.dataType(), () -> array.dup(order))) {
      return copy.data().asFloat();
    }
  }

  private INDArray allocate(DataType type, long... shape) {
    long length = LongStream.of(shape).reduce(1, Math::multiplyExact);
    INDArray array =
        orOutOfMemory(length, type, () -> Nd4j.createUninitializedDetached(type, 'f', shape));
    arrays.add(array);
    return array;
  }

  private static INDArray orOutOfMemory(long length, DataType type, Supplier<INDArray> allocation) {
    try {
      return allocation.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      String size = Bytes.text(Math.multiplyExact(length, type.width()));
      throw RunFailedException.outOfMemory("ND4J", "an array of " + size, e);
    }
  }

  @Override
  public void close() {
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
