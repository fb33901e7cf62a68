package io.github.lyricist.dl4j;

import io.github.lyricist.backend.SquareProduct;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product as DL4J's layers have it computed. */
final class Dl4jProduct implements SquareProduct {
  private final INDArray factor;
  private final INDArray product;

  /** Of matrices {@code [size, size]}. */
  Dl4jProduct(int size) {
    this.factor = Nd4j.ones(DataType.FLOAT, size, size);
    this.product = Nd4j.createUninitialized(DataType.FLOAT, new long[] {size, size}, 'f');
  }

  @Override
  public void multiply() {
    Nd4j.gemm(factor, factor, product, false, false, 1, 0);
  }

  @Override
  public void close() {
    factor.close();
    product.close();
  }
}
