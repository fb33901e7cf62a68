package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.lyricist.model.HiddenState;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network computes on its way forward through batches of one shape. */
final class Activations implements AutoCloseable {
  private final int batchSize;
  private final int steps;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray hidden; // [H, (T+1)*B]: before the first time step, and after each
  final INDArray[] hiddenAt; // T+1 views [H, B] of it
  final INDArray before; // view [H, T*B]: before each time step
  final INDArray after; // view [H, T*B]: after each time step
  final INDArray inDouble; // [H, B], in double precision: of one time step
  final INDArray logits; // [V, T*B]; the softmax makes its terms of them, then their gradients
  final INDArray largest; // [T*B]: the largest logit of each position
  final INDArray sums; // [1, T*B]: the softmax's denominators

  Activations(int batchSize, int steps, int size, int vocabularySize) {
    this.batchSize = batchSize;
    this.steps = steps;
    long positions = Math.multiplyFull(steps, batchSize);
    this.hidden = owned.matrix(size, positions + batchSize);
    this.hiddenAt = IntStream.rangeClosed(0, steps).mapToObj(this::at).toArray(INDArray[]::new);
    this.before = hidden.get(all(), interval(0, positions));
    this.after = hidden.get(all(), interval(batchSize, positions + batchSize));
    this.inDouble = owned.doubles(Math.multiplyFull(size, batchSize)).reshape('f', size, batchSize);
    this.logits = owned.matrix(vocabularySize, positions);
    this.largest = owned.vector(positions);
    this.sums = owned.matrix(1, positions);
  }

  private INDArray at(int step) {
    return hidden.get(all(), interval((long) step * batchSize, (step + 1L) * batchSize));
  }

  boolean areFor(int otherBatchSize, int otherSteps) {
    return batchSize == otherBatchSize && steps == otherSteps;
  }

  int batchSize() {
    return batchSize;
  }

  int steps() {
    return steps;
  }

  /** Takes a state as the one before the first time step. */
  void takeState(HiddenState state) {
    hiddenPointer(0).put(state.hidden(), 0, state.hidden().length);
  }

  /** Leaves the state after the last time step. */
  void leaveState(HiddenState state) {
    hiddenPointer(steps).get(state.hidden(), 0, state.hidden().length);
  }

  private FloatPointer hiddenPointer(int step) {
    return new FloatPointer(hidden.data().pointer()).position(hiddenAt[step].offset());
  }

  @Override
  public void close() {
    owned.close();
  }
}
