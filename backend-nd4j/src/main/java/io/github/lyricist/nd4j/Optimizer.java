package io.github.lyricist.nd4j;

import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Changes all trained parameters, one vector, along their gradient, by the formulas that {@link
 * OptimizerSpec} gives. ND4J's own updaters have other formulas.
 */
final class Optimizer implements AutoCloseable {
  private final OptimizerSpec spec;
  private final INDArray weights; // w
  private final NativeArrays owned = new NativeArrays();
  private final INDArray first; // momentum v, or Adam's m; empty where there is none
  private final INDArray second; // v of Adam and RMSprop; empty where there is none
  private final INDArray scratch; // for RMSprop alone
  private long step; // t

  Optimizer(OptimizerSpec spec, INDArray weights) {
    this.spec = spec;
    this.weights = weights;
    boolean hasFirst = spec instanceof Adam || (spec instanceof Sgd sgd && sgd.momentum() != 0);
    this.first = zeros(hasFirst);
    this.second = zeros(!(spec instanceof Sgd));
    this.scratch = zeros(spec instanceof RmsProp);
  }

  private INDArray zeros(boolean needed) {
    return needed ? owned.vector(weights.length()).assign(0) : Nd4j.empty();
  }

  /**
   * One step.
   *
   * @param gradient of all trained parameters, clipped; used up
   * @param inDouble the same in double precision; used up
   */
  void step(INDArray gradient, INDArray inDouble, double learningRate) {
    step++;
    if (spec instanceof Sgd sgd) {
      descend(sgd, gradient, inDouble, learningRate);
    } else if (spec instanceof Adam adam) {
      descend(adam, gradient, learningRate);
    } else if (spec instanceof RmsProp rmsProp) {
      descend(rmsProp, gradient, learningRate);
    }
  }

  private void descend(Sgd sgd, INDArray gradient, INDArray inDouble, double learningRate) {
    if (sgd.momentum() != 0) {
      inDouble.assign(first.muli(sgd.momentum()).addi(gradient));
    }
    gradient.assign(inDouble.muli(-learningRate));
    add(1, gradient, weights);
  }

  /**
   * PyTorch's {@code lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)} with √(1−β₂ᵗ) taken out of the
   * denominator, ε included: one operation less.
   */
  private void descend(Adam adam, INDArray gradient, double learningRate) {
    double rootCorrection = adam.rootCorrection(step);
    first.muli(adam.beta1());
    add(1 - adam.beta1(), gradient, first);
    second.muli(adam.beta2());
    add(1 - adam.beta2(), gradient.muli(gradient), second);
    INDArray root = Nd4j.exec(new Sqrt(second, gradient)).addi(adam.epsilon() * rootCorrection);
    add(-adam.stepSize(learningRate, step) * rootCorrection, first.divi(root, root), weights);
  }

  private void descend(RmsProp rmsProp, INDArray gradient, double learningRate) {
    second.muli(rmsProp.alpha());
    add(1 - rmsProp.alpha(), gradient.muli(gradient, scratch), second);
    INDArray root = Nd4j.exec(new Sqrt(second, scratch)).addi(rmsProp.epsilon());
    add(-learningRate, gradient.divi(root), weights);
  }

  /** {@code to ← to + factor·x}. */
  private static void add(double factor, INDArray x, INDArray to) {
    Level1 vectors = Nd4j.getBlasWrapper().level1();
    vectors.axpy(x.length(), factor, x, to);
  }

  @Override
  public void close() {
    owned.close();
  }
}
