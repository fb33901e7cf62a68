package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a network computes on its way back through batches of one shape. */
final class BackwardPass implements AutoCloseable {
  private final int batchSize;
  private final int steps;
  private final NativeArrays owned = new NativeArrays();
  final INDArray gradient; // [H, T*B]: in each hidden state, then in what tanh was taken of
  final INDArray[] gradientAt; // T views [H, B] of it
  final INDArray derivative; // [H, T*B]: of tanh, 1 − h²
  final INDArray[] derivativeAt; // T views [H, B] of it
  private final INDArray onesOverSteps; // [T, 1]
  private final INDArray onesOverBatch; // [B, 1]

  BackwardPass(Activations activations, int size) {
    this.batchSize = activations.batchSize();
    this.steps = activations.steps();
    long positions = Math.multiplyFull(steps, batchSize);
    this.gradient = owned.matrix(size, positions);
    this.gradientAt = timeSteps(gradient);
    this.derivative = owned.matrix(size, positions);
    this.derivativeAt = timeSteps(derivative);
    this.onesOverSteps = owned.ones(steps, 1);
    this.onesOverBatch = owned.ones(batchSize, 1);
  }

  private INDArray[] timeSteps(INDArray whole) {
    return IntStream.range(0, steps)
        .mapToObj(t -> whole.get(all(), interval((long) t * batchSize, (t + 1L) * batchSize)))
        .toArray(INDArray[]::new);
  }

  /**
   * Sums over all positions: over the time steps, then over the batch. In one go the sum would be
   * of so many terms that rounding shows: all positions predict nearly the same at first, so that
   * their rounding errors add up too.
   *
   * @param terms {@code [N, T*B]}
   * @param sums {@code [N, 1]}, written
   */
  void sumOverPositions(INDArray terms, INDArray sums) {
    long rows = terms.rows();
    try (INDArray ofSequences =
        Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', rows * batchSize, 1)) {
      INDArray byStep = terms.reshape('f', rows * batchSize, steps);
      Nd4j.gemm(byStep, onesOverSteps, ofSequences, false, false, 1, 0);
      INDArray bySequence = ofSequences.reshape('f', rows, batchSize);
      Nd4j.gemm(bySequence, onesOverBatch, sums, false, false, 1, 0);
    }
  }

  boolean isFor(Activations activations) {
    return activations.areFor(batchSize, steps);
  }

  @Override
  public void close() {
    owned.close();
  }
}
