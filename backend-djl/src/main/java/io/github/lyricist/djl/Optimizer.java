package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. (The
 * optimizers of DJL clip each element, and its Adam is another than PyTorch's.)
 */
final class Optimizer implements AutoCloseable {
  private final OptimizerSpec spec;
  private final DjlWeights weights;
  private final NDManager manager;
  private final List<Map<String, NDArray>> remembered = new ArrayList<>(); // by the spec's names
  private long step; // t

  /**
   * @param manager the optimizer's own, for what it remembers of each parameter; closed with it
   */
  Optimizer(OptimizerSpec spec, DjlWeights weights, NDManager manager) {
    this.spec = spec;
    this.weights = weights;
    this.manager = manager;
    for (int i = 0; i < spec.remembered().size(); i++) {
      Map<String, NDArray> zeros = new LinkedHashMap<>();
      weights
          .trained()
          .forEach(name -> zeros.put(name, manager.zeros(weights.get(name).getShape())));
      remembered.add(zeros);
    }
  }

  OptimizerState state() {
    Map<String, Parameters> copies = new LinkedHashMap<>();
    for (int i = 0; i < remembered.size(); i++) {
      copies.put(spec.remembered().get(i), weights.toParameters(remembered.get(i)));
    }
    return new OptimizerState(step, copies);
  }

  void restore(OptimizerState state) {
    for (int i = 0; i < remembered.size(); i++) {
      Parameters from = state.get(spec.remembered().get(i));
      for (Map.Entry<String, NDArray> entry : remembered.get(i).entrySet()) {
        String name = entry.getKey();
        entry.setValue(weights.array(name, from.get(name), manager)).close();
      }
    }
    step = state.steps();
  }

  /** Begins a step, of all parameters. */
  void nextStep() {
    step++;
  }

  /**
   * Steps one parameter.
   *
   * @param weight the parameter with this name
   * @param gradient of the same shape
   */
  void step(String name, NDArray weight, NDArray gradient, double learningRate) {
    if (spec instanceof Sgd sgd) {
      NDArray direction = sgd.momentum() == 0 ? gradient : momentum(sgd, name, gradient);
      try (NDArray change = DoublePrecision.product(direction, learningRate)) {
        weight.subi(change);
      }
    } else if (spec instanceof Adam adam) {
      descend(adam, of(0, name), of(1, name), weight, gradient, learningRate);
    } else if (spec instanceof AdamW adamW) {
      weight.muli(adamW.kept(learningRate));
      descend(adamW.adam(), of(0, name), of(1, name), weight, gradient, learningRate);
    } else if (spec instanceof RmsProp rmsProp) {
      descend(rmsProp, of(0, name), weight, gradient, learningRate);
    }
  }

  private NDArray of(int index, String name) {
    return Objects.requireNonNull(remembered.get(index).get(name), name);
  }

  private NDArray momentum(Sgd sgd, String name, NDArray g) {
    return of(0, name).muli(sgd.momentum()).addi(g);
  }

  private void descend(Adam adam, NDArray m, NDArray v, NDArray w, NDArray g, double learningRate) {
    approach(m, g, adam.beta1());
    approachSquare(v, g, adam.beta2());
    try (NDArray denominator = v.sqrt();
        NDArray change = m.mul(adam.stepSize(learningRate, step))) {
      denominator.divi(adam.rootCorrection(step)).addi(adam.epsilon());
      w.subi(change.divi(denominator));
    }
  }

  private static void descend(
      RmsProp rmsProp, NDArray v, NDArray w, NDArray g, double learningRate) {
    approachSquare(v, g, rmsProp.alpha());
    try (NDArray denominator = v.sqrt();
        NDArray change = g.mul(learningRate)) {
      denominator.addi(rmsProp.epsilon());
      w.subi(change.divi(denominator));
    }
  }

  /** {@code mean ← β·mean + (1 − β)·g}. */
  private static void approach(NDArray mean, NDArray g, double beta) {
    try (NDArray part = g.mul(1 - beta)) {
      mean.muli(beta).addi(part);
    }
  }

  /** {@code mean ← β·mean + (1 − β)·g²}. */
  private static void approachSquare(NDArray mean, NDArray g, double beta) {
    try (NDArray part = g.square()) {
      mean.muli(beta).addi(part.muli(1 - beta));
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
