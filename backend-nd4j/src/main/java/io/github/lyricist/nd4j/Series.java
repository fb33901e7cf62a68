package io.github.lyricist.nd4j;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One column for each position of a batch.
 *
 * @param whole {@code [N, T*B]}; {@code [N, B]} where the time steps share it
 * @param at T views {@code [N, B]} of it, the time steps, each contiguous
 */
record Series(INDArray whole, INDArray[] at) {
  static Series of(INDArray whole, int batchSize) {
    int steps = Math.toIntExact(whole.columns() / batchSize);
    INDArray[] at =
        IntStream.range(0, steps)
            .mapToObj(t -> columns(whole, (long) t * batchSize, (t + 1L) * batchSize))
            .toArray(INDArray[]::new);
    return new Series(whole, at);
  }

  static INDArray columns(INDArray matrix, long from, long to) {
    return matrix.get(all(), interval(from, to));
  }
}
