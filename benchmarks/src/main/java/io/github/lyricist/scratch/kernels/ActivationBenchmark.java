package io.github.lyricist.scratch.kernels;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 8,192 exponentials, logistic functions and hyperbolic tangents: ours, and Java's own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ActivationBenchmark {
  private static final int COUNT = 8192;

  private final float[] x = new float[COUNT];
  private final float[] space = new float[COUNT];
  private final float[] y = new float[COUNT];

  @Setup
  public void prepare() {
    Random random = new Random(1);
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) random.nextGaussian();
    }
  }

  @Benchmark
  public float[] vectorExp() {
    VectorMath.exp(x, 0, 0, y, 0, COUNT);
    return y;
  }

  @Benchmark
  public float[] scalarExp() {
    for (int i = 0; i < COUNT; i++) {
      y[i] = ScalarMath.exp(x[i]);
    }
    return y;
  }

  @Benchmark
  public float[] javaExp() {
    for (int i = 0; i < COUNT; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
    return y;
  }

  /** With a copy, since it works in place. */
  @Benchmark
  public float[] vectorSigmoid() {
    System.arraycopy(x, 0, y, 0, COUNT);
    VectorMath.sigmoid(y, 0, COUNT);
    return y;
  }

  @Benchmark
  public float[] vectorTanh() {
    VectorMath.tanh(x, 0, space, 0, y, 0, COUNT);
    return y;
  }

  @Benchmark
  public float[] scalarTanh() {
    for (int i = 0; i < COUNT; i++) {
      y[i] = ScalarMath.tanh(x[i]);
    }
    return y;
  }

  @Benchmark
  public float[] javaTanh() {
    for (int i = 0; i < COUNT; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
    return y;
  }
}
