package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The hyperbolic tangent, as {@code 2 σ(2x) − 1} in double precision. ND4J's own in single
 * precision is off by up to 150 units in the last place, and too small on average, which adds up
 * over time steps and training steps; that in double precision takes twice as long.
 */
final class Tanh {
  private final INDArray inDouble; // [H, B]
  private final INDArray halves; // [H, B], in double precision

  Tanh(int size, BatchShape shape, NativeArrays owned) {
    long length = Math.multiplyFull(size, shape.batchSize());
    this.inDouble = owned.doubles(length).reshape('f', size, shape.batchSize());
    this.halves = owned.doubles(length).assign(0.5).reshape('f', size, shape.batchSize());
  }

  /**
   * {@code result ← tanh(x)}.
   *
   * @param x {@code [H, B]}
   * @param result {@code [H, B]}, may be x
   */
  void apply(INDArray x, INDArray result) {
    // Doubled in single precision, where that is exact, too; and by operations between arrays,
    // since each with a number makes an array of it.
    inDouble.assign(x.addi(x, result));
    Nd4j.exec(new Sigmoid(inDouble, inDouble));
    result.assign(inDouble.subi(halves));
    result.addi(result);
  }
}
