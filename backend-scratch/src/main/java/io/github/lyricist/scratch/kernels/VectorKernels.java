package io.github.lyricist.scratch.kernels;

import static io.github.lyricist.scratch.kernels.VectorMath.SPECIES;
import static io.github.lyricist.scratch.kernels.VectorMath.VECTOR;
import static jdk.incubator.vector.VectorOperators.F2D;

import io.github.lyricist.model.Cell;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels} on the Vector API. Sums over lanes are taken lane by lane in order: the API
 * leaves the order of its own reduction open, and results must not depend on when code is compiled.
 */
final class VectorKernels implements Kernels {
  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final Class<? extends DoubleVector> DOUBLE_VECTOR =
      DoubleVector.zero(DOUBLES).getClass();

  private final boolean narrow =
      hasFewRegisters(System.getProperty("os.arch"), SPECIES.vectorBitSize());

  /**
   * Whether a processor has 16 registers for vectors, not 32. ARM's have 32, whatever their width;
   * x86's have since AVX-512, of whose 512 bits we then make use.
   */
  static boolean hasFewRegisters(String architecture, int vectorBits) {
    return !architecture.equals("aarch64") && vectorBits < 512;
  }

  @Override
  public String description() {
    return "Vector API, " + SPECIES.vectorBitSize() + " bits";
  }

  @Override
  public Tile tile() {
    return narrow ? new NarrowTile() : new WideTile();
  }

  @Override
  public CellArithmetic cell(Cell kind) {
    return switch (kind.name()) {
      case "rnn" -> new VectorRnn();
      case "gru" -> new VectorGru();
      case "lstm" -> new VectorLstm();
      default -> throw Kernels.noSuchCell(kind);
    };
  }

  @Override
  public void sum(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, from1, offset1 + i))
          .add(FloatVector.fromArray(SPECIES, from2, offset2 + i))
          .intoArray(to, toOffset + i);
    }
    for (int i = whole; i < n; i++) {
      to[toOffset + i] = from1[offset1 + i] + from2[offset2 + i];
    }
  }

  @Override
  public void product(
      float[] to, int toOffset, float[] from1, int offset1, float[] from2, int offset2, int n) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, from1, offset1 + i))
          .mul(FloatVector.fromArray(SPECIES, from2, offset2 + i))
          .intoArray(to, toOffset + i);
    }
    for (int i = whole; i < n; i++) {
      to[toOffset + i] = from1[offset1 + i] * from2[offset2 + i];
    }
  }

  @Override
  public void addScaled(float[] w, float[] g, double factor, int offset, int count) {
    float high = (float) factor; // infinite beyond a float's range: then the plain loop does all
    float low = (float) (factor - high);
    FloatVector highs = VECTOR.cast(FloatVector.broadcast(SPECIES, high));
    FloatVector lows = VECTOR.cast(FloatVector.broadcast(SPECIES, low));
    int whole = Float.isInfinite(high) ? 0 : SPECIES.loopBound(count);
    for (int i = offset; i < offset + whole; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, i);
      VECTOR
          .cast(FloatVector.fromArray(SPECIES, w, i))
          .add(highs.fma(gradient, lows.mul(gradient)))
          .intoArray(w, i);
    }
    for (int i = offset + whole; i < offset + count; i++) {
      w[i] = (float) (w[i] + factor * g[i]);
    }
  }

  @Override
  public double sumOfSquares(float[] x, int offset, int count) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = low;
    int whole = SPECIES.loopBound(count);
    for (int i = offset; i < offset + whole; i += LANES) {
      FloatVector value = VECTOR.cast(FloatVector.fromArray(SPECIES, x, i));
      DoubleVector first = DOUBLE_VECTOR.cast(value.convertShape(F2D, DOUBLES, 0));
      DoubleVector second = DOUBLE_VECTOR.cast(value.convertShape(F2D, DOUBLES, 1));
      low = first.fma(first, low);
      high = second.fma(second, high);
    }
    double sum = sumOfLanes(DOUBLE_VECTOR.cast(low).add(high));
    for (int i = offset + whole; i < offset + count; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }

  @Override
  public void scale(float[] x, int offset, int count, float factor) {
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    int whole = SPECIES.loopBound(count);
    for (int i = offset; i < offset + whole; i += LANES) {
      VECTOR.cast(FloatVector.fromArray(SPECIES, x, i)).mul(factors).intoArray(x, i);
    }
    for (int i = offset + whole; i < offset + count; i++) {
      x[i] *= factor;
    }
  }

  @Override
  public float max(float[] x, int offset, int count) {
    int whole = SPECIES.loopBound(count);
    FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    for (int i = offset; i < offset + whole; i += LANES) {
      most = VECTOR.cast(FloatVector.fromArray(SPECIES, x, i)).max(most);
    }
    float max = VECTOR.cast(most).reduceLanes(VectorOperators.MAX);
    for (int i = offset + whole; i < offset + count; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  @Override
  public double exponentials(float[] x, int offset, int count, float max) {
    int whole = SPECIES.loopBound(count);
    VectorMath.exp(x, offset, -max, x, offset, whole);
    FloatVector sums = FloatVector.zero(SPECIES);
    for (int i = offset; i < offset + whole; i += LANES) {
      sums = VECTOR.cast(FloatVector.fromArray(SPECIES, x, i)).add(sums);
    }
    double sum = sumOfLanes(VECTOR.cast(sums));
    for (int i = offset + whole; i < offset + count; i++) {
      x[i] = ScalarMath.exp(x[i] - max);
      sum += x[i];
    }
    return sum;
  }

  private static double sumOfLanes(DoubleVector sums) {
    double sum = 0;
    for (int lane = 0; lane < DOUBLES.length(); lane++) {
      sum += sums.lane(lane);
    }
    return sum;
  }

  private static double sumOfLanes(FloatVector sums) {
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += sums.lane(lane);
    }
    return sum;
  }
}
