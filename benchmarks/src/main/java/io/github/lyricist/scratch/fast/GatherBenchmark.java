package io.github.lyricist.scratch.fast;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
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

  @Param({"rnn", "lstm"})
  public String cell = "rnn";

  @Param({"1", "2"})
  public int threads = 1;

  private int width;
  private Workers workers = new Workers(1);
  private OneHotInput input = input();
  private Scatter gradient = newScatter();
  private Matrix sums = Matrix.empty(); // [T*B, G*H]
  private float[] bias = {}; // [G*H]
  private int[] ids = {}; // [T*B]

  @Setup
  public void prepare() {
    workers = new Workers(threads);
    width = spec().gateRows();
    input = input();
    gradient = newScatter();
    sums = Matrix.of(new float[POSITIONS * width], 0, POSITIONS, width);
    bias = new float[width];
    ids = new Random(1).ints(POSITIONS, 0, V).toArray();
    input.read(ids);
  }

  private ModelSpec spec() {
    return new ModelSpec(Cell.called(cell).orElseThrow(), 256, 1, null, false, 0, false);
  }

  private OneHotInput input() {
    Kernels kernels = KernelChoice.here().kernels();
    Parameters initial = Initialization.DEFAULT.draw(spec(), V, new RandomStreams(1));
    Products products = new Products(kernels, workers);
    return new OneHotInput(new NetworkWeights(spec(), initial, Use.INFERENCE, kernels, products));
  }

  private Scatter newScatter() {
    int columns = spec().gateRows();
    return new Scatter(new float[V * columns], columns, KernelChoice.here().kernels(), workers);
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
    gradient.sum(sums, ids, false);
  }
}
