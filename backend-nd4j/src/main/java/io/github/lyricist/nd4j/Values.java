package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers of native arrays on Java's heap. */
final class Values {
  private Values() {}

  /**
   * A copy of a matrix, column after column: of {@code [N, T*B]} it is {@code float[T*B*N]}.
   *
   * @param matrix may be a view
   */
  static float[] of(INDArray matrix) {
    try (INDArray byColumn = matrix.dup('f')) {
      return byColumn.data().asFloat();
    }
  }
}
