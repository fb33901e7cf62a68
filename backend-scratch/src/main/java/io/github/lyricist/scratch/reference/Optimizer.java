package io.github.lyricist.scratch.reference;

import static java.util.stream.Collectors.toSet;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. */
final class Optimizer {
  private final OptimizerSpec spec;
  private final Precision precision;
  private final Weights first; // momentum v, or Adam's m
  private final Weights second; // v of Adam and RMSprop
  private final Set<String> trained;
  private long step; // t

  Optimizer(OptimizerSpec spec, ModelSpec model, int vocabularySize, Precision precision) {
    this.spec = spec;
    this.precision = precision;
    this.first = Weights.zero(model, vocabularySize);
    this.second = Weights.zero(model, vocabularySize);
    this.trained = first.names().stream().filter(model::isTrained).collect(toSet());
  }

  /** Begins a step, of all parameters. */
  void nextStep() {
    step++;
  }

  /** Steps one parameter: {@code weight}, the array with this name, along {@code gradient}. */
  void step(String name, double[] weight, double[] gradient, double learningRate) {
    if (spec instanceof Sgd sgd) {
      descend(sgd, first.get(name), weight, gradient, learningRate);
    } else if (spec instanceof Adam adam) {
      descend(adam, first.get(name), second.get(name), weight, gradient, learningRate);
    } else if (spec instanceof RmsProp rmsProp) {
      descend(rmsProp, second.get(name), weight, gradient, learningRate);
    }
  }

  OptimizerState state() {
    Map<String, Parameters> copies = new LinkedHashMap<>();
    spec.remembered().forEach(name -> copies.put(name, memory(name).toParameters(trained)));
    return new OptimizerState(step, copies);
  }

  void restore(OptimizerState state) {
    spec.remembered().forEach(name -> memory(name).load(state.get(name)));
    step = state.steps();
  }

  private Weights memory(String name) {
    return name.endsWith("_sq") || name.equals("square_avg") ? second : first;
  }

  private void descend(Sgd sgd, double[] v, double[] w, double[] g, double learningRate) {
    for (int i = 0; i < w.length; i++) {
      v[i] = precision.round(sgd.momentum() * v[i] + g[i]);
      double direction = sgd.momentum() == 0 ? g[i] : v[i];
      w[i] = precision.round(w[i] - learningRate * direction);
    }
  }

  private void descend(
      Adam adam, double[] m, double[] v, double[] w, double[] g, double learningRate) {
    double stepSize = adam.stepSize(learningRate, step);
    double rootCorrection = adam.rootCorrection(step);
    for (int i = 0; i < w.length; i++) {
      m[i] = precision.round(adam.beta1() * m[i] + (1 - adam.beta1()) * g[i]);
      v[i] = precision.round(adam.beta2() * v[i] + (1 - adam.beta2()) * g[i] * g[i]);
      double denominator = Math.sqrt(v[i]) / rootCorrection + adam.epsilon();
      w[i] = precision.round(w[i] - stepSize * m[i] / denominator);
    }
  }

  private void descend(RmsProp rmsProp, double[] v, double[] w, double[] g, double learningRate) {
    for (int i = 0; i < w.length; i++) {
      v[i] = precision.round(rmsProp.alpha() * v[i] + (1 - rmsProp.alpha()) * g[i] * g[i]);
      w[i] = precision.round(w[i] - learningRate * g[i] / (Math.sqrt(v[i]) + rmsProp.epsilon()));
    }
  }
}
