package io.github.lyricist.scratch.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The source of the tiles on the Vector API. The compiler keeps an accumulator in a register if it
 * is a local variable, not an element of an array, and follows no call that it is handed to: so
 * what would be loops is written out, by this. To change the tiles, change this, and from the
 * project's root:
 *
 * <pre>
 * java backend-scratch/src/test/java/io/github/lyricist/scratch/kernels/TileSource.java
 * mvn spotless:apply -pl backend-scratch
 * </pre>
 *
 * @param name of the class
 * @param rows of the tile
 * @param vectors in each row
 * @param byRows whether the factors of a row are loaded when it is that row's turn and the vectors
 *     of B before, or those of a vector of B and the factors before
 * @param note what the class says of the choice
 */
record TileSource(String name, int rows, int vectors, boolean byRows, String note) {
  static final List<TileSource> ALL =
      List.of(
          new TileSource(
              "WideTile",
              4,
              4,
              true,
              "for processors with 32 vector registers. One local variable an accumulator keeps each"
                  + " in a register."),
          new TileSource(
              "NarrowTile",
              2,
              6,
              false,
              "for processors with 16 vector registers. One local variable an accumulator keeps each"
                  + " in a register; there are few rows, since the compiler may hold the factors of"
                  + " all of them at once."));

  private static final String FOLDER =
      "backend-scratch/src/main/java/io/github/lyricist/scratch/kernels";

  public static void main(String[] arguments) throws IOException {
    for (TileSource tile : ALL) {
      Files.writeString(Path.of(FOLDER, tile.name() + ".java"), tile.text());
    }
  }

  String text() {
    String left = "int depth, float[] a, int aOffset, ";
    String right = "float[] b, int bOffset, float[] start, int from, ";
    String tile = left + "int aStride, " + right + "int step, float[] c, int cOffset, int cStride";
    return """
        package io.github.lyricist.scratch.kernels;

        import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
        import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;

        import jdk.incubator.vector.FloatVector;

        /**
         * {@link Tile} of %2$d rows by %3$d vectors: %4$d accumulators, %5$s Written by TileSource, among the tests.
         */
        final class %1$s implements Tile {
        private static final int LANES = SPECIES.length();
        private static final int ROWS = %2$d;
        private static final int COLUMNS = %3$d * LANES;

        @Override
        public int rows() {
        return ROWS;
        }

        @Override
        public int columns() {
        return COLUMNS;
        }
        """
            .formatted(name, rows, vectors, rows * vectors, note)
        + method("multiplyColumns", tile, rows, "", row -> "aOffset + k * aStride + " + row)
        + method("multiplyRows", tile, rows, rowOffsets(), row -> "row" + row + " + k")
        + method(
            "multiplyRow", left + right + "float[] c, int cOffset", 1, "", row -> "aOffset + k")
        + "}\n";
  }

  private String rowOffsets() {
    return each(rows, row -> "int row%d = aOffset + %d * aStride;\n".formatted(row, row));
  }

  /**
   * @param before what precedes the loop
   * @param factor the index of a row's element of A
   */
  private String method(
      String method, String parameters, int rows, String before, IntFunction<String> factor) {
    return "\n@Override\npublic void %s(%s) {\n".formatted(method, parameters)
        + "FloatVector zero = FloatVector.zero(SPECIES);\n"
        + each(rows, row -> "FloatVector " + list(vector -> sum(row, vector) + " = zero") + ";\n")
        + before
        + (byRows ? "for (int k = 0; k < depth; k++) {\n" : "int k = 0;\ndo {\n")
        + "int row = bOffset + k * COLUMNS;\n"
        + (byRows ? productsByRows(rows, factor) : productsByVectors(rows, factor))
        + (byRows ? "}\n" : "} while (++k < depth);\n")
        + each(rows, row -> each(vectors, vector -> leave(row, vector)))
        + "}\n";
  }

  private String productsByRows(int rows, IntFunction<String> factor) {
    return each(vectors, TileSource::load)
        + each(
            rows,
            row -> broadcast(row, factor) + each(vectors, vector -> multiplyAdd(row, vector)));
  }

  private String productsByVectors(int rows, IntFunction<String> factor) {
    return each(rows, row -> broadcast(row, factor))
        + each(vectors, vector -> load(vector) + each(rows, row -> multiplyAdd(row, vector)));
  }

  private static String load(int vector) {
    return "FloatVector b%d = FloatVector.fromArray(SPECIES, b, row%s);\n"
        .formatted(vector, lanes(vector));
  }

  private static String broadcast(int row, IntFunction<String> factor) {
    return "FloatVector a%d = VECTOR.cast(FloatVector.broadcast(SPECIES, a[%s]));\n"
        .formatted(row, factor.apply(row));
  }

  private static String multiplyAdd(int row, int vector) {
    return "%s = a%d.fma(b%d, %s);\n".formatted(sum(row, vector), row, vector, sum(row, vector));
  }

  private static String leave(int row, int vector) {
    return "VECTOR.cast(VECTOR.cast(%s).add(FloatVector.fromArray(SPECIES, start, from%s%s)))"
            .formatted(sum(row, vector), rows(row, "step"), lanes(vector))
        + ".intoArray(c, cOffset%s%s);\n".formatted(rows(row, "cStride"), lanes(vector));
  }

  private static String sum(int row, int vector) {
    return "c%d%d".formatted(row, vector);
  }

  private static String rows(int row, String stride) {
    return row == 0 ? "" : " + %d * %s".formatted(row, stride);
  }

  private static String lanes(int vector) {
    return vector == 0 ? "" : " + %d * LANES".formatted(vector);
  }

  private String list(IntFunction<String> text) {
    return IntStream.range(0, vectors).mapToObj(text).collect(Collectors.joining(", "));
  }

  private static String each(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
  }
}
