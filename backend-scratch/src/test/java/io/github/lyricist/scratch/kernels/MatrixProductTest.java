package io.github.lyricist.scratch.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products against plain loops in double, on sizes that no tile divides. */
class MatrixProductTest {
  private static final int OFFSET = 5;

  private static final List<Kernels> KERNELS =
      List.of(KernelChoice.here().kernels(), KernelChoice.plain().kernels());

  static Stream<Arguments> shapes() {
    List<Arguments> shapes = new ArrayList<>();
    for (Kernels kernels : KERNELS) {
      int tileRows = kernels.tile().rows();
      int tileColumns = kernels.tile().columns();
      for (int rows : new int[] {1, 2, 3, tileRows - 1, tileRows, tileRows + 1, 131}) {
        for (int columns : new int[] {1, 7, tileColumns - 1, tileColumns, tileColumns + 1, 101}) {
          for (int depth : new int[] {1, 13, 385}) {
            shapes.add(Arguments.of(kernels, rows, depth, columns));
          }
        }
      }
    }
    return shapes.stream();
  }

  private static float[] random(int size, int seed) {
    Random random = new Random(seed);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  static List<Kernels> kernels() {
    return KERNELS;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsManyEqualTermsWithoutDrift(Kernels kernels) {
    int depth = 10_000;
    float[] ones = new float[depth];
    float[] terms = new float[depth];
    Arrays.fill(ones, 1);
    Arrays.fill(terms, 0.1f);
    float[] sum = new float[1];
    multiply(
        kernels,
        Matrix.of(ones, 0, 1, depth),
        Matrix.of(terms, 0, depth, 1),
        Matrix.of(sum, 0, 1, 1),
        false);
    assertThat((double) sum[0]).isCloseTo(depth * (double) 0.1f, withinPercentage(1e-3));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithPlainLoops(Kernels kernels, int rows, int depth, int columns) {
    for (boolean leftTransposed : new boolean[] {false, true}) {
      for (boolean rightTransposed : new boolean[] {false, true}) {
        Matrix a = matrix(rows, depth, leftTransposed, 1);
        Matrix b = matrix(depth, columns, rightTransposed, 2);
        for (boolean accumulate : new boolean[] {false, true}) {
          float[] c = random(OFFSET + rows * columns + OFFSET, 3);
          float[] before = c.clone();
          multiply(kernels, a, b, Matrix.of(c, OFFSET, rows, columns), accumulate);
          assertProduct(a, b, before, c, accumulate);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aBiasIsWhatEachRowBeginsWith(Kernels kernels, int rows, int depth, int columns) {
    Matrix a = matrix(rows, depth, false, 1);
    PackedMatrix b = packed(kernels, matrix(depth, columns, false, 2));
    float[] bias = random(columns, 3);
    float[] added = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(bias, 0, added, row * columns, columns);
    }
    float[] begun = random(rows * columns, 4);
    MatrixProduct product = new MatrixProduct(kernels);
    product.add(a, 0, b, Matrix.of(added, 0, rows, columns), 0, rows);
    product.multiply(a, 0, b, bias, Matrix.of(begun, 0, rows, columns), 0, rows);
    assertThat(begun).containsExactly(added);
  }

  private static Matrix matrix(int rows, int columns, boolean transposed, int seed) {
    float[] data = random(OFFSET + rows * columns, seed);
    return transposed
        ? Matrix.of(data, OFFSET, columns, rows).transposed()
        : Matrix.of(data, OFFSET, rows, columns);
  }

  private static void multiply(Kernels kernels, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    PackedMatrix packed = packed(kernels, b);
    MatrixProduct product = new MatrixProduct(kernels);
    if (accumulate) {
      product.add(a, 0, packed, c, 0, a.rows());
    } else {
      product.multiply(a, 0, packed, c, 0, a.rows());
    }
  }

  private static PackedMatrix packed(Kernels kernels, Matrix matrix) {
    PackedMatrix packed = new PackedMatrix(matrix.rows(), matrix.columns(), kernels);
    for (int panel = 0; panel < packed.panels(); panel++) {
      packed.packPanel(matrix, panel);
    }
    return packed;
  }

  private static float element(Matrix m, int row, int column) {
    return m.data()[m.offset() + row * m.rowStride() + column * m.columnStride()];
  }

  private static void assertProduct(
      Matrix a, Matrix b, float[] before, float[] c, boolean accumulate) {
    int columns = b.columns();
    for (int i = 0; i < c.length; i++) {
      int at = i - OFFSET;
      boolean inside = at >= 0 && at < a.rows() * columns;
      double expected = inside && !accumulate ? 0 : before[i];
      double size = 1;
      for (int k = 0; inside && k < a.columns(); k++) {
        double term = (double) element(a, at / columns, k) * element(b, k, at % columns);
        expected += term;
        size += Math.abs(term);
      }
      if (inside) {
        if (Math.abs(c[i] - expected) > 1e-6 * size) {
          assertThat((double) c[i]).as("element %d", at).isEqualTo(expected);
        }
      } else {
        assertThat(c[i]).as("outside the result").isEqualTo(before[i]);
      }
    }
  }

  @Test
  void aRowComesOutTheSameWhicheverRowsAreComputedWithIt() {
    for (Kernels kernels : KERNELS) {
      Matrix a = matrix(37, 400, false, 4);
      Matrix b = matrix(400, 53, true, 5);
      float[] whole = new float[37 * 53];
      multiply(kernels, a, b, Matrix.of(whole, 0, 37, 53), false);
      for (int count : new int[] {1, 2, 5, 11}) {
        float[] parts = new float[37 * 53];
        for (int from = 0; from < 37; from += count) {
          int rows = Math.min(count, 37 - from);
          multiply(kernels, a.rows(from, rows), b, Matrix.of(parts, from * 53, rows, 53), false);
        }
        assertThat(parts).as("%s by %d rows", kernels.description(), count).containsExactly(whole);
      }
    }
  }

  @Test
  void passesOnWhatIsNotFinite() {
    for (Kernels kernels : KERNELS) {
      float[] c = new float[4];
      Matrix a = Matrix.of(new float[] {Float.POSITIVE_INFINITY, 1, Float.NaN, 1}, 0, 2, 2);
      Matrix b = Matrix.of(new float[] {1, -1, 2, 3}, 0, 2, 2);
      multiply(kernels, a, b, Matrix.of(c, 0, 2, 2), false);
      assertThat(c)
          .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.NaN);
    }
  }
}
