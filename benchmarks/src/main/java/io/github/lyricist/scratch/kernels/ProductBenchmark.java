package io.github.lyricist.scratch.kernels;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The matrix products of a training step at B=32, T=35, H=256, V=1027, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ProductBenchmark {
  /** Which product, {@code [rows, depth] · [depth, columns]}. */
  public enum Shape {
    LOGITS(1120, 256, 1027, false),
    HIDDEN_GRADIENT(1120, 1027, 256, false),
    OUTPUT_WEIGHT_GRADIENT(1027, 1120, 256, true),
    RNN_RECURRENCE(16, 256, 256, false),
    LSTM_RECURRENCE(16, 256, 1024, false),
    LSTM_RECURRENCE_BACKWARD(16, 1024, 256, false),
    ONE_ROW(1, 256, 1024, false);

    private final int rows;
    private final int depth;
    private final int columns;
    private final boolean transposed;

    Shape(int rows, int depth, int columns, boolean transposed) {
      this.rows = rows;
      this.depth = depth;
      this.columns = columns;
      this.transposed = transposed;
    }

    private Matrix left() {
      return transposed ? ones(depth, rows).transposed() : ones(rows, depth);
    }
  }

  @Param public Shape shape = Shape.LOGITS;

  @Param({"true", "false"})
  public boolean vectors = true;

  private Matrix left = Matrix.empty();
  private Matrix right = Matrix.empty();
  private Matrix result = Matrix.empty();
  private PackedMatrix packed = new PackedMatrix(0, 0, KernelChoice.plain().kernels());
  private MatrixProduct product = new MatrixProduct(KernelChoice.plain().kernels());

  @Setup
  public void prepare() {
    Kernels kernels = (vectors ? KernelChoice.here() : KernelChoice.plain()).kernels();
    left = shape.left();
    right = ones(shape.depth, shape.columns);
    result = ones(shape.rows, shape.columns);
    packed = new PackedMatrix(shape.depth, shape.columns, kernels);
    product = new MatrixProduct(kernels);
    pack();
  }

  private static Matrix ones(int rows, int columns) {
    float[] ones = new float[rows * columns];
    Arrays.fill(ones, 1);
    return Matrix.of(ones, 0, rows, columns);
  }

  /** 2 · rows · depth · columns operations. */
  @Benchmark
  public float[] multiply() {
    product.multiply(left, 0, packed, result, 0, shape.rows);
    return result.data();
  }

  /** Rearranging the right-hand side. */
  @Benchmark
  public PackedMatrix pack() {
    for (int panel = 0; panel < packed.panels(); panel++) {
      packed.packPanel(right, panel);
    }
    return packed;
  }
}
