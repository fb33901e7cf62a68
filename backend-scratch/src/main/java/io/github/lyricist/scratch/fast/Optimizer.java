package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Parameters;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. It
 * remembers what they need of earlier steps. A part of an array can be stepped at a time, by any
 * thread; the loops are such that the compiler turns them into vector code.
 */
abstract class Optimizer {
  private final OptimizerSpec spec;
  private final List<FastWeights> remembered;
  private long step; // t

  private Optimizer(OptimizerSpec spec, List<FastWeights> remembered) {
    this.spec = spec;
    this.remembered = remembered;
  }

  /** Begins a step, of all arrays. */
  final void nextStep() {
    step++;
  }

  /** t. */
  final long step() {
    return step;
  }

  final OptimizerState state() {
    Map<String, Parameters> copies = new LinkedHashMap<>();
    for (int i = 0; i < remembered.size(); i++) {
      copies.put(spec.remembered().get(i), remembered.get(i).trainedToParameters());
    }
    return new OptimizerState(step, copies);
  }

  final void restore(OptimizerState state) {
    for (int i = 0; i < remembered.size(); i++) {
      remembered.get(i).loadTrained(state.get(spec.remembered().get(i)));
    }
    step = state.steps();
  }

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
   * @param weights of the model that it will change
   */
  static Optimizer of(OptimizerSpec spec, FastWeights weights, Kernels kernels) {
    List<FastWeights> remembered =
        spec.remembered().stream()
            .map(name -> FastWeights.zero(weights.spec(), weights.vocabularySize()))
            .toList();
    if (spec instanceof Sgd sgd) {
      return sgd.momentum() == 0
          ? new PlainDescent(sgd, kernels)
          : new Momentum(sgd, remembered, kernels);
    }
    if (spec instanceof AdamW adamW) {
      return new AdamDescent(adamW, remembered);
    }
    return spec instanceof Adam adam
        ? new AdamDescent(new AdamW(adam, 0), remembered)
        : new RmsPropDescent((RmsProp) spec, remembered);
  }

  private static final class PlainDescent extends Optimizer {
    private final Kernels kernels;

    PlainDescent(Sgd spec, Kernels kernels) {
      super(spec, List.of());
      this.kernels = kernels;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      kernels.addScaled(w, g, -rate * clip, offset, count);
    }
  }

  private static final class Momentum extends Optimizer {
    private final Sgd spec;
    private final List<float[]> velocities;
    private final Kernels kernels;

    Momentum(Sgd spec, List<FastWeights> remembered, Kernels kernels) {
      super(spec, remembered);
      this.spec = spec;
      this.velocities = remembered.get(0).trained();
      this.kernels = kernels;
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] v = velocities.get(number);
      float momentum = (float) spec.momentum();
      float factor = (float) clip;
      for (int i = offset; i < offset + count; i++) {
        v[i] = momentum * v[i] + factor * g[i];
      }
      kernels.addScaled(w, v, -rate, offset, count);
    }
  }

  /** Adam without decay is what AdamW with a decay of zero is, to the bit. */
  private static final class AdamDescent extends Optimizer {
    private final AdamW decay;
    private final Adam spec;
    private final List<float[]> means;
    private final List<float[]> squares;

    AdamDescent(AdamW spec, List<FastWeights> remembered) {
      super(spec, remembered);
      this.decay = spec;
      this.spec = spec.adam();
      this.means = remembered.get(0).trained();
      this.squares = remembered.get(1).trained();
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] m = means.get(number);
      float[] v = squares.get(number);
      float beta1 = (float) spec.beta1();
      float rest1 = (float) (1 - spec.beta1());
      float beta2 = (float) spec.beta2();
      float rest2 = (float) (1 - spec.beta2());
      float factor = (float) clip;
      float rootCorrection = (float) spec.rootCorrection(step());
      float epsilon = (float) spec.epsilon();
      float stepSize = (float) spec.stepSize(rate, step());
      float kept = (float) decay.kept(rate);
      for (int i = offset; i < offset + count; i++) {
        float clipped = factor * g[i]; // before it is squared: clip² may be below a float's range
        m[i] = beta1 * m[i] + rest1 * clipped;
        v[i] = beta2 * v[i] + rest2 * clipped * clipped;
        w[i] = kept * w[i] - stepSize * m[i] / ((float) Math.sqrt(v[i]) / rootCorrection + epsilon);
      }
    }
  }

  private static final class RmsPropDescent extends Optimizer {
    private final RmsProp spec;
    private final List<float[]> squares;

    RmsPropDescent(RmsProp spec, List<FastWeights> remembered) {
      super(spec, remembered);
      this.spec = spec;
      this.squares = remembered.get(0).trained();
    }

    @Override
    void step(int number, float[] w, float[] g, double clip, double rate, int offset, int count) {
      float[] v = squares.get(number);
      float alpha = (float) spec.alpha();
      float rest = (float) (1 - spec.alpha());
      float epsilon = (float) spec.epsilon();
      float learningRate = (float) rate;
      float factor = (float) clip;
      for (int i = offset; i < offset + count; i++) {
        float clipped = factor * g[i]; // before it is squared: clip² may be below a float's range
        v[i] = alpha * v[i] + rest * clipped * clipped;
        w[i] -= learningRate * clipped / ((float) Math.sqrt(v[i]) + epsilon);
      }
    }
  }
}
