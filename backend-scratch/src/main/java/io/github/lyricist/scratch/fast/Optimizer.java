package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;

/**
 * Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. It
 * remembers what they need of earlier steps. A part of an array can be stepped at a time, by any
 * thread; the loops are such that the compiler turns them into vector code.
 */
abstract class Optimizer {
  /** Begins a step, of all arrays. */
  void nextStep() {}

  /**
   * Steps {@code count} weights of an array from {@code offset}.
   *
   * @param number which array it is
   * @param w the weights
   * @param g their gradient; may be overwritten
   * @param clipFactor what the gradient is multiplied by
   */
  abstract void step(
      int number,
      float[] w,
      float[] g,
      double clipFactor,
      double learningRate,
      int offset,
      int count);

  /**
   * @param lengths of the arrays
   */
  static Optimizer of(OptimizerSpec spec, int[] lengths, Kernels kernels) {
    if (spec instanceof Sgd sgd) {
      return sgd.momentum() == 0
          ? new PlainDescent(kernels)
          : new Momentum(sgd, zeros(lengths), kernels);
    }
    return spec instanceof Adam adam
        ? new AdamDescent(adam, zeros(lengths), zeros(lengths))
        : new RmsPropDescent((RmsProp) spec, zeros(lengths));
  }

  private static float[][] zeros(int[] lengths) {
    float[][] arrays = new float[lengths.length][];
    for (int i = 0; i < lengths.length; i++) {
      arrays[i] = new float[lengths[i]];
    }
    return arrays;
  }

  private static final class PlainDescent extends Optimizer {
    private final Kernels kernels;

    PlainDescent(Kernels kernels) {
      this.kernels = kernels;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      kernels.addScaled(w, g, -rate * clip, offset, count);
    }
  }

  private static final class Momentum extends Optimizer {
    private final Sgd spec;
    private final float[][] velocities;
    private final Kernels kernels;

    Momentum(Sgd spec, float[][] velocities, Kernels kernels) {
      this.spec = spec;
      this.velocities = velocities;
      this.kernels = kernels;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] v = velocities[number];
      float momentum = (float) spec.momentum();
      float factor = (float) clip;
      for (int i = offset; i < offset + count; i++) {
        v[i] = momentum * v[i] + factor * g[i];
      }
      kernels.addScaled(w, v, -rate, offset, count);
    }
  }

  private static final class AdamDescent extends Optimizer {
    private final Adam spec;
    private final float[][] means;
    private final float[][] squares;
    private long step;

    AdamDescent(Adam spec, float[][] means, float[][] squares) {
      this.spec = spec;
      this.means = means;
      this.squares = squares;
    }

    @Override
    void nextStep() {
      step++;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] m = means[number];
      float[] v = squares[number];
      float beta1 = (float) spec.beta1();
      float rest1 = (float) ((1 - spec.beta1()) * clip);
      float beta2 = (float) spec.beta2();
      float rest2 = (float) ((1 - spec.beta2()) * clip * clip);
      float rootCorrection = (float) spec.rootCorrection(step);
      float epsilon = (float) spec.epsilon();
      float stepSize = (float) spec.stepSize(rate, step);
      for (int i = offset; i < offset + count; i++) {
        m[i] = beta1 * m[i] + rest1 * g[i];
        v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
        w[i] -= stepSize * m[i] / ((float) Math.sqrt(v[i]) / rootCorrection + epsilon);
      }
    }
  }

  private static final class RmsPropDescent extends Optimizer {
    private final RmsProp spec;
    private final float[][] squares;

    RmsPropDescent(RmsProp spec, float[][] squares) {
      this.spec = spec;
      this.squares = squares;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] v = squares[number];
      float alpha = (float) spec.alpha();
      float rest = (float) ((1 - spec.alpha()) * clip * clip);
      float epsilon = (float) spec.epsilon();
      float scaledRate = (float) (rate * clip);
      for (int i = offset; i < offset + count; i++) {
        v[i] = alpha * v[i] + rest * g[i] * g[i];
        w[i] -= scaledRate * g[i] / ((float) Math.sqrt(v[i]) + epsilon);
      }
    }
  }
}
