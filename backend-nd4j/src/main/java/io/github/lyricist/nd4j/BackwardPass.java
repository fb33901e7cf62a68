package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network computes on its way back through batches of one shape. */
final class BackwardPass implements AutoCloseable {
  private final int batchSize;
  private final int steps;
  private final NativeArrays owned = new NativeArrays();
  final INDArray gradient; // [H, T*B]: in each hidden state, then in what tanh was taken of
  final INDArray[] gradientAt; // T views [H, B] of it
  final INDArray derivative; // [H, T*B]: of tanh, 1 − h²
  final INDArray[] derivativeAt; // T views [H, B] of it
  final INDArray ones; // [T*B, 1]

  BackwardPass(Activations activations, int size) {
    this.batchSize = activations.batchSize();
    this.steps = activations.steps();
    long positions = Math.multiplyFull(steps, batchSize);
    this.gradient = owned.matrix(size, positions);
    this.gradientAt = timeSteps(gradient);
    this.derivative = owned.matrix(size, positions);
    this.derivativeAt = timeSteps(derivative);
    this.ones = owned.ones(positions, 1);
  }

  private INDArray[] timeSteps(INDArray whole) {
    return IntStream.range(0, steps)
        .mapToObj(t -> whole.get(all(), interval((long) t * batchSize, (t + 1L) * batchSize)))
        .toArray(INDArray[]::new);
  }

  boolean isFor(Activations activations) {
    return activations.areFor(batchSize, steps);
  }

  @Override
  public void close() {
    owned.close();
  }
}
