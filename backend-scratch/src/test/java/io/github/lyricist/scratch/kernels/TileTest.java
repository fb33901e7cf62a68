package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both vector tiles, whichever this processor would choose, against plain loops. */
class TileTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void computesOneChainOfFusedMultiplyAddsAnElement(boolean wide) {
    Tile tile = wide ? new WideTile() : new NarrowTile();
    int depth = 29;
    float[] a = random(depth * tile.rows());
    float[] b = random(depth * tile.columns());
    float[] start = random(tile.rows() * tile.columns());
    for (boolean accumulate : new boolean[] {true, false}) {
      float[] c = start.clone();
      tile.multiply(depth, a, 0, b, 0, c, 0, tile.columns(), accumulate);
      float[] row = start.clone();
      float[] firstRowOfA = new float[depth];
      for (int k = 0; k < depth; k++) {
        firstRowOfA[k] = a[k * tile.rows()];
      }
      tile.multiplyRow(depth, firstRowOfA, 0, b, 0, row, 0, accumulate);
      for (int i = 0; i < tile.rows(); i++) {
        for (int j = 0; j < tile.columns(); j++) {
          int at = i * tile.columns() + j;
          float sum = 0;
          for (int k = 0; k < depth; k++) {
            sum = Math.fma(a[k * tile.rows() + i], b[k * tile.columns() + j], sum);
          }
          float expected = accumulate ? start[at] + sum : sum;
          assertThat(c[at]).as("row %d, column %d", i, j).isEqualTo(expected);
          assertThat(row[at]).isEqualTo(i == 0 ? expected : start[at]);
        }
      }
    }
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
