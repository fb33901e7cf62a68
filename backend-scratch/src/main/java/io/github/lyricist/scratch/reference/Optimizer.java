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

  /** Takes one step of all trained parameters along {@code gradients}. */
  void step(Weights gradients, double learningRate) {
    step++;
    for (String name : weights.trained()) {
      double[] w = weights.get(name);
      double[] g = gradients.get(name);
      if (spec instanceof Sgd sgd && sgd.momentum() == 0) {
        precision.set(w, i -> w[i] - learningRate * g[i]);
      } else if (spec instanceof Sgd sgd) {
        descend(sgd, memory("momentum_buffer").get(name), w, g, learningRate);
      } else if (spec instanceof Adam adam) {
        descend(adam, name, w, g, learningRate);
      } else if (spec instanceof AdamW adamW) {
        precision.set(w, i -> w[i] * adamW.kept(learningRate));
        descend(adamW.adam(), name, w, g, learningRate);
      } else if (spec instanceof RmsProp rmsProp) {
        descend(rmsProp, memory("square_avg").get(name), w, g, learningRate);
      }
    }
  }

  private void descend(Sgd sgd, double[] v, double[] w, double[] g, double learningRate) {
    precision.set(v, i -> sgd.momentum() * v[i] + g[i]);
    precision.set(w, i -> w[i] - learningRate * v[i]);
  }

  private void descend(Adam adam, String name, double[] w, double[] g, double learningRate) {
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

  private void descend(RmsProp rmsProp, double[] v, double[] w, double[] g, double learningRate) {
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
