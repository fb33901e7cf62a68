package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Parameters;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. */
final class Optimizer {
  private final OptimizerSpec spec;
  private final Weights weights;
  private final Precision precision;
  private final Map<String, Weights> remembered = new LinkedHashMap<>();
  private long step; // t

  Optimizer(OptimizerSpec spec, Weights weights, Precision precision) {
    this.spec = spec;
    this.weights = weights;
    this.precision = precision;
    spec.remembered().forEach(name -> remembered.put(name, weights.zeros()));
  }

  /**
   * Takes one step of all trained parameters along {@code gradients}: {@code w ← w − lr·g}, or what
   * the methods below say. AdamW multiplies w by {@code 1 − lr·λ} before.
   */
  void step(Weights gradients, double learningRate) {
    step++;
    for (String name : weights.trained()) {
      double[] w = weights.get(name);
      double[] g = gradients.get(name);
      if (spec instanceof Sgd sgd && sgd.momentum() == 0) {
        precision.set(w, i -> w[i] - learningRate * g[i]);
      } else if (spec instanceof Sgd sgd) {
        stepMomentum(sgd, memory("momentum_buffer").get(name), w, g, learningRate);
      } else if (spec instanceof Adam adam) {
        stepAdam(adam, name, w, g, learningRate);
      } else if (spec instanceof AdamW adamW) {
        precision.set(w, i -> w[i] * adamW.kept(learningRate));
        stepAdam(adamW.adam(), name, w, g, learningRate);
      } else if (spec instanceof RmsProp rmsProp) {
        stepRmsProp(rmsProp, memory("square_avg").get(name), w, g, learningRate);
      }
    }
  }

  /** {@code v ← μ·v + g, w ← w − lr·v}. */
  private void stepMomentum(Sgd sgd, double[] v, double[] w, double[] g, double learningRate) {
    precision.set(v, i -> sgd.momentum() * v[i] + g[i]);
    precision.set(w, i -> w[i] - learningRate * v[i]);
  }

  /**
   * {@code m ← β₁·m + (1 − β₁)·g}, {@code v ← β₂·v + (1 − β₂)·g²}, {@code w ← w − lr · m̂ / (√v̂ +
   * ε)}, where {@code m̂ = m / (1 − β₁ᵗ)} and {@code v̂ = v / (1 − β₂ᵗ)}: the step size has the
   * first correction, and since {@code √v̂ = √v / √(1 − β₂ᵗ)}, the root of the second divides √v.
   */
  private void stepAdam(Adam adam, String name, double[] w, double[] g, double learningRate) {
    double[] m = memory("exp_avg").get(name);
    double[] v = memory("exp_avg_sq").get(name);
    double beta1 = adam.beta1();
    double beta2 = adam.beta2();
    double stepSize = adam.stepSize(learningRate, step);
    double rootCorrection = adam.rootCorrection(step);
    precision.set(m, i -> beta1 * m[i] + (1 - beta1) * g[i]);
    precision.set(v, i -> beta2 * v[i] + (1 - beta2) * g[i] * g[i]);
    precision.set(
        w, i -> w[i] - stepSize * m[i] / (Math.sqrt(v[i]) / rootCorrection + adam.epsilon()));
  }

  /** {@code v ← α·v + (1 − α)·g², w ← w − lr · g / (√v + ε)}. */
  private void stepRmsProp(
      RmsProp rmsProp, double[] v, double[] w, double[] g, double learningRate) {
    double alpha = rmsProp.alpha();
    precision.set(v, i -> alpha * v[i] + (1 - alpha) * g[i] * g[i]);
    precision.set(w, i -> w[i] - learningRate * g[i] / (Math.sqrt(v[i]) + rmsProp.epsilon()));
  }

  private Weights memory(String name) {
    return Objects.requireNonNull(remembered.get(name));
  }

  OptimizerState state() {
    Map<String, Parameters> copies = new LinkedHashMap<>();
    remembered.forEach((name, memory) -> copies.put(name, memory.trainedParameters()));
    return new OptimizerState(step, copies);
  }

  void restore(OptimizerState state) {
    remembered.forEach((name, memory) -> memory.set(state.get(name)));
    step = state.steps();
  }
}
