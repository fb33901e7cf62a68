package io.github.lyricist.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scatter.ScatterAdd;
import org.nd4j.linalg.factory.Nd4j;

/** Columns of matrices that have one for each token. */
final class Tokens {
  private Tokens() {}

  /**
   * Takes each position's token's column.
   *
   * @param table {@code [N, V]}
   * @param ids {@code int[T*B]}
   * @param columns {@code [N, T*B]}, written
   */
  static void gather(INDArray table, int[] ids, INDArray columns) {
    Nd4j.pullRows(table.transpose(), columns.transpose(), 1, ids);
  }

  /**
   * The gradient of a gather: each position's column is added to that of its token.
   *
   * @param columns {@code [N, T*B]}
   * @param table {@code [N, V]}, added to
   */
  static void scatterAdd(INDArray columns, int[] ids, INDArray table) {
    INDArray tokens = table.transpose();
    try (INDArray positions = Nd4j.createFromArray(ids)) {
      ScatterAdd add = new ScatterAdd(tokens, positions, columns.transpose());
      add.addOutputArgument(tokens); // in place
      add.addBArgument(true); // one at a time: a token occurs more than once
      Nd4j.exec(add);
    }
  }
}
