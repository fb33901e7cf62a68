package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Changes the weights along their gradients, by the formulas that {@link OptimizerSpec} gives. (The
 * optimizers of DJL clip each element, and its Adam is another than PyTorch's.)
 */
final class Optimizer implements AutoCloseable {
  private final OptimizerSpec spec;
  private final NDManager manager;
  private final Map<String, NDArray> first = new HashMap<>(); // momentum v, or Adam's m
  private final Map<String, NDArray> second = new HashMap<>(); // v of Adam and RMSprop
  private long step; // t

  /**
   * @param manager the optimizer's own, for what it remembers of each parameter; closed with it
   */
  Optimizer(OptimizerSpec spec, DjlWeights weights, NDManager manager) {
    this.spec = spec;
    this.manager = manager;
    boolean momentum = spec instanceof Sgd sgd && sgd.momentum() > 0;
    for (String name : weights.trained()) {
      if (momentum || spec instanceof Adam) {
        first.put(name, manager.zeros(weights.get(name).getShape()));
      }
      if (spec instanceof Adam || spec instanceof RmsProp) {
        second.put(name, manager.zeros(weights.get(name).getShape()));
      }
    }
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
      descend(adam, of(first, name), of(second, name), weight, gradient, learningRate);
    } else if (spec instanceof RmsProp rmsProp) {
      descend(rmsProp, of(second, name), weight, gradient, learningRate);
    }
  }

  private static NDArray of(Map<String, NDArray> remembered, String name) {
    return Objects.requireNonNull(remembered.get(name), name);
  }

  private NDArray momentum(Sgd sgd, String name, NDArray g) {
    return of(first, name).muli(sgd.momentum()).addi(g);
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
