package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tiles of vectors, whichever this processor would choose, against plain loops. */
class TileTest {
  private static final int DEPTH = 29;

  static Stream<Tile> tiles() {
    return Stream.of(new WideTile(), new NarrowTile());
  }

  @ParameterizedTest
  @MethodSource("tiles")
  void computesOneChainOfFusedMultiplyAddsAnElement(Tile tile) {
    int rows = tile.rows();
    int columns = tile.columns();
    int stride = rows + 3;
    float[] a = random(DEPTH * stride); // [DEPTH, stride], of which a tile takes rows columns
    float[] byRow = transposed(a, DEPTH, stride); // [stride, DEPTH]
    int first = 2;
    float[] b = random(DEPTH * columns);
    float[] start = random(rows * columns);
    for (int step : new int[] {columns, 0}) { // each row from its own, or all from the first
      float[] c = new float[rows * columns];
      tile.multiplyColumns(DEPTH, a, first, stride, b, 0, start, 0, step, c, 0, columns);
      float[] ofRows = start.clone();
      float[] from = step == 0 ? start : ofRows; // in place
      tile.multiplyRows(
          DEPTH, byRow, first * DEPTH, DEPTH, b, 0, from, 0, step, ofRows, 0, columns);
      for (int i = 0; i < rows; i++) {
        float[] row = new float[columns];
        tile.multiplyRow(DEPTH, byRow, (first + i) * DEPTH, b, 0, start, i * step, row, 0);
        for (int j = 0; j < columns; j++) {
          float sum = 0;
          for (int k = 0; k < DEPTH; k++) {
            sum = Math.fma(a[k * stride + first + i], b[k * columns + j], sum);
          }
          float expected = start[i * step + j] + sum;
          assertThat(c[i * columns + j]).as("row %d, column %d", i, j).isEqualTo(expected);
          assertThat(ofRows[i * columns + j]).isEqualTo(expected);
          assertThat(row[j]).isEqualTo(expected);
        }
      }
    }
  }

  private static float[] transposed(float[] x, int rows, int columns) {
    float[] transposed = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      transposed[i % columns * rows + i / columns] = x[i];
    }
    return transposed;
  }

  private static float[] random(int size) {
    Random random = new Random(size);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
