package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All tiles, whichever this processor would choose, against plain loops. */
class TileTest {
  private static final int DEPTH = 29;

  static Stream<Tile> vectorTiles() {
    return Stream.of(new WideTile(), new NarrowTile());
  }

  static Stream<Tile> tiles() {
    return Stream.concat(vectorTiles(), Stream.of(new ScalarTile()));
  }

  @ParameterizedTest
  @MethodSource("vectorTiles")
  void computesOneChainOfFusedMultiplyAddsAnElement(Tile tile) {
    int rows = tile.rows();
    int columns = tile.columns();
    float[] a = random(DEPTH * rows); // [DEPTH, rows]
    float[] byRow = transposed(a, DEPTH, rows); // [rows, DEPTH]
    float[] b = random(DEPTH * columns);
    float[] start = random(rows * columns);
    for (int step : new int[] {columns, 0}) { // each row from its own, or all from the first
      float[] c = new float[rows * columns];
      tile.multiply(DEPTH, a, 0, b, 0, start, 0, step, c, 0, columns);
      float[] ofRows = start.clone();
      float[] from = step == 0 ? start : ofRows; // in place
      tile.multiplyRows(DEPTH, byRow, 0, DEPTH, b, 0, from, 0, step, ofRows, 0, columns);
      for (int i = 0; i < rows; i++) {
        float[] row = new float[columns];
        tile.multiplyRow(DEPTH, byRow, i * DEPTH, b, 0, start, i * step, row, 0);
        for (int j = 0; j < columns; j++) {
          float sum = 0;
          for (int k = 0; k < DEPTH; k++) {
            sum = Math.fma(a[k * rows + i], b[k * columns + j], sum);
          }
          float expected = start[i * step + j] + sum;
          assertThat(c[i * columns + j]).as("row %d, column %d", i, j).isEqualTo(expected);
          assertThat(ofRows[i * columns + j]).isEqualTo(expected);
          assertThat(row[j]).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tiles")
  void interleavesTilesThatLieSideBySide(Tile tile) {
    int tiles = 3;
    int stride = tiles * tile.rows() + 2;
    float[] a = random(1 + DEPTH * stride);
    float[] to = new float[5 + tiles * DEPTH * tile.rows() + 5];
    Arrays.fill(to, Float.NaN);
    tile.interleave(DEPTH, a, 1, stride, tiles, to, 5);
    assertThat(Arrays.copyOf(to, 5)).containsOnly(Float.NaN);
    assertThat(Arrays.copyOfRange(to, to.length - 5, to.length)).containsOnly(Float.NaN);
    int at = 5;
    for (int number = 0; number < tiles; number++) {
      for (int k = 0; k < DEPTH; k++) {
        for (int i = 0; i < tile.rows(); i++) {
          assertThat(to[at++]).isEqualTo(a[1 + k * stride + number * tile.rows() + i]);
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
