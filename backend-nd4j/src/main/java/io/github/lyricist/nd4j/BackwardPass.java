package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.lyricist.model.ModelSpec;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network computes on its way back through batches of one shape: of one layer at a time, as
 * it goes from the last to the first.
 */
final class BackwardPass implements AutoCloseable {
  private final BatchShape shape;
  private final NativeArrays owned = new NativeArrays();
  final Series hidden; // [H, T*B]: the gradient in each hidden state
  final Series[] gates; // G of [H, T*B]: in what each gate's nonlinearity is taken of
  private final INDArray onesForSteps; // [T, 1]
  private final INDArray onesForBatch; // [B, 1]
  private final INDArray ofSequences; // [max(H, V)*B]

  BackwardPass(ModelSpec spec, int vocabularySize, BatchShape shape) {
    this.shape = shape;
    try {
      this.hidden = owned.series(spec.hidden(), shape);
      this.gates = RecurrentSequence.gates(spec.cell().gates().size(), spec.hidden(), shape, owned);
      this.onesForSteps = owned.ones(shape.steps(), 1);
      this.onesForBatch = owned.ones(shape.batchSize(), 1);
      int rows = Math.max(spec.hidden(), vocabularySize);
      this.ofSequences = owned.vector(Math.multiplyFull(rows, shape.batchSize()));
    } catch (RuntimeException e) {
      close(); // what there was memory for
      throw e;
    }
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
    long length = rows * shape.batchSize();
    INDArray bySequence = ofSequences.get(interval(0, length)).reshape('f', length, 1);
    INDArray byStep = terms.reshape('f', length, shape.steps());
    Nd4j.gemm(byStep, onesForSteps, bySequence, false, false, 1, 0);
    INDArray columns = bySequence.reshape('f', rows, shape.batchSize());
    Nd4j.gemm(columns, onesForBatch, sums, false, false, 1, 0);
  }

  /**
   * The gradients of W_ih, from those in each gate.
   *
   * @param x what the layer read, {@code [N, T*B]}
   * @param gradients written
   */
  void inputGradients(INDArray x, LayerWeights gradients) {
    for (int g = 0; g < gates.length; g++) {
      Nd4j.gemm(gates[g].whole(), x, gradients.input()[g], false, true, 1, 0);
    }
  }

  /**
   * The gradient in what the layer read, from those in each gate.
   *
   * @param xGradient {@code [N, T*B]}, written
   */
  void intoInput(LayerWeights weights, INDArray xGradient) {
    for (int g = 0; g < gates.length; g++) {
      Nd4j.gemm(weights.input()[g], gates[g].whole(), xGradient, true, false, 1, g == 0 ? 0 : 1);
    }
  }

  boolean isFor(BatchShape other) {
    return shape.equals(other);
  }

  @Override
  public void close() {
    owned.close();
  }
}
