package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.scratch.kernels.KernelChoice;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.scratch.kernels.Matrix;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One-hot input at B=32, T=35, H=256, V=1027: gathered weights, scattered gradients. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class GatherBenchmark {
  private static final int V = 1027;
  private static final int POSITIONS = 32 * 35;

  @Param({"RNN", "LSTM"})
  public Cell cell = Cell.RNN;

  @Param({"1", "2"})
  public int threads = 1;

  private int width;
  private Workers workers = new Workers(1);
  private OneHotInput input = input();
  private Matrix sums = Matrix.empty(); // [T*B, G*H]
  private float[] bias = {}; // [G*H]

  @Setup
  public void prepare() {
    workers = new Workers(threads);
    input = input();
    width = cell.gates() * 256;
    sums = Matrix.of(new float[POSITIONS * width], 0, POSITIONS, width);
    bias = new float[width];
    input.read(new Random(1).ints(POSITIONS, 0, V).toArray());
  }

  private OneHotInput input() {
    ModelSpec spec = new ModelSpec(cell, 256, 1, null, false, 0, false);
    Kernels kernels = KernelChoice.here().kernels();
    return new OneHotInput(new FastWeights(spec, V), new FastWeights(spec, V), kernels, workers);
  }

  @TearDown
  public void close() {
    workers.close();
  }

  /** On one thread, as each thread does it for its sequences. */
  @Benchmark
  public float[] gather() {
    for (int position = 0; position < POSITIONS; position++) {
      input.gather(position, sums.data(), position * width, bias);
    }
    return sums.data();
  }

  @Benchmark
  public void scatter() {
    input.backward(sums);
  }
}
