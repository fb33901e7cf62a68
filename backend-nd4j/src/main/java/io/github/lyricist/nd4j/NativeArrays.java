package io.github.lyricist.nd4j;

import java.util.ArrayList;
import java.util.List;
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
    return own(Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', new long[] {rows, columns}));
  }

  /** The same, full of ones: a product with it sums rows or columns. */
  INDArray ones(long rows, long columns) {
    return matrix(rows, columns).assign(1);
  }

  /** A vector of single-precision numbers, not initialized. */
  INDArray vector(long length) {
    return own(Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', new long[] {length}));
  }

  /** A vector of double-precision numbers, not initialized. */
  INDArray doubles(long length) {
    return own(Nd4j.createUninitializedDetached(DataType.DOUBLE, 'f', new long[] {length}));
  }

  private INDArray own(INDArray array) {
    arrays.add(array);
    return array;
  }

  @Override
  public void close() {
    arrays.forEach(INDArray::close);
    arrays.clear();
  }
}
