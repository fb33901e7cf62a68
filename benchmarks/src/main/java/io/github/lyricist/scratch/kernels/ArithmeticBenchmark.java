package io.github.lyricist.scratch.kernels;

import io.github.lyricist.model.Cell;
import java.util.Random;
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

/** What a training step computes between the products, for 32 rows of H=256 or V=1027. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ArithmeticBenchmark {
  private static final int ROWS = 32;
  private static final int H = 256;
  private static final int V = 1027;

  @Param({"true", "false"})
  public boolean vectors = true;

  @Param({"rnn", "gru", "lstm"})
  public String cell = "rnn";

  private Kernels kernels = KernelChoice.plain().kernels();
  private CellArithmetic arithmetic = kernels.cell(Cell.called(cell).orElseThrow());
  private int width;
  private float[] sums = {}; // [ROWS+1, width*H]
  private float[] rows = {}; // the same, worked on
  private float[] hidden = {}; // [ROWS+1, H]
  private float[] gradient = {}; // [ROWS+1, H]
  private float[] logits = {}; // [ROWS, V]
  private float[] softmax = {}; // the same, worked on

  @Setup
  public void prepare() {
    kernels = (vectors ? KernelChoice.here() : KernelChoice.plain()).kernels();
    arithmetic = kernels.cell(Cell.called(cell).orElseThrow());
    width = arithmetic.width() * H;
    sums = random((ROWS + 1) * width);
    rows = sums.clone();
    hidden = random((ROWS + 1) * H);
    gradient = random((ROWS + 1) * H);
    logits = random(ROWS * V);
    softmax = logits.clone();
  }

  private static float[] random(int size) {
    Random random = new Random(size);
    float[] x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** The gates of a time step; with a copy of its sums, which the cell works on. */
  @Benchmark
  public float[] cellForward() {
    System.arraycopy(sums, 0, rows, 0, sums.length);
    for (int row = 1; row <= ROWS; row++) {
      arithmetic.forward(rows, row * width, (row - 1) * width, hidden, row * H, (row - 1) * H, H);
    }
    return rows;
  }

  /** The same back. */
  @Benchmark
  public float[] cellBackward() {
    System.arraycopy(sums, 0, rows, 0, sums.length);
    for (int row = ROWS; row >= 1; row--) {
      arithmetic.backward(
          rows, row * width, (row - 1) * width, hidden, gradient, row * H, (row - 1) * H, H);
    }
    return rows;
  }

  /**
   * Softmax cross-entropy and its gradient; with a copy of the logits. The cell is of no matter.
   */
  @Benchmark
  public double crossEntropyGradient() {
    System.arraycopy(logits, 0, softmax, 0, logits.length);
    double total = 0;
    for (int row = 0; row < ROWS; row++) {
      total += kernels.crossEntropyGradient(softmax, row * V, V, row, 1f / ROWS);
    }
    return total;
  }
}
