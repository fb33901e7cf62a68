package io.github.lyricist.nd4j;

import io.github.lyricist.model.Parameters;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final NdWeights weights;
  private final List<NdWeights> remembered; // by the names of the spec
  private final NativeArrays owned = new NativeArrays();
  private final INDArray scratch; // for RMSprop alone, otherwise empty
  private long step; // t

  Optimizer(OptimizerSpec spec, NdWeights weights) {
    this.spec = spec;
    this.weights = weights;
    this.remembered = spec.remembered().stream().map(name -> weights.zeros()).toList();
    this.scratch =
        spec instanceof RmsProp ? owned.vector(weights.trained().length()) : Nd4j.empty();
  }

  /** What is remembered of all trained parameters, one vector, by the names' order in the spec. */
  private INDArray remembered(int index) {
    return remembered.get(index).trained();
  }

  OptimizerState state() {
    Map<String, Parameters> copies = new LinkedHashMap<>();
    for (int i = 0; i < remembered.size(); i++) {
      NdWeights memory = remembered.get(i);
      copies.put(spec.remembered().get(i), memory.toParameters(memory.spec()::isTrained));
    }
    return new OptimizerState(step, copies);
  }

  void restore(OptimizerState state) {
    for (int i = 0; i < remembered.size(); i++) {
      remembered.get(i).loadTrained(state.get(spec.remembered().get(i)));
    }
    step = state.steps();
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
    } else if (spec instanceof AdamW adamW) {
      weights.trained().muli(adamW.kept(learningRate));
      descend(adamW.adam(), gradient, learningRate);
    } else if (spec instanceof RmsProp rmsProp) {
      descend(rmsProp, gradient, learningRate);
    }
  }

  private void descend(Sgd sgd, INDArray gradient, INDArray inDouble, double learningRate) {
    if (sgd.momentum() != 0) {
      inDouble.assign(remembered(0).muli(sgd.momentum()).addi(gradient));
    }
    gradient.assign(inDouble.muli(-learningRate));
    add(1, gradient, weights.trained());
  }

  /**
   * PyTorch's {@code lr/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)} with √(1−β₂ᵗ) taken out of the
   * denominator, ε included: one operation less.
   */
  private void descend(Adam adam, INDArray gradient, double learningRate) {
    INDArray first = remembered(0);
    INDArray second = remembered(1);
    double rootCorrection = adam.rootCorrection(step);
    first.muli(adam.beta1());
    add(1 - adam.beta1(), gradient, first);
    second.muli(adam.beta2());
    add(1 - adam.beta2(), gradient.muli(gradient), second);
    INDArray root = Nd4j.exec(new Sqrt(second, gradient)).addi(adam.epsilon() * rootCorrection);
    add(
        -adam.stepSize(learningRate, step) * rootCorrection,
        first.divi(root, root),
        weights.trained());
  }

  private void descend(RmsProp rmsProp, INDArray gradient, double learningRate) {
    INDArray second = remembered(0);
    second.muli(rmsProp.alpha());
    add(1 - rmsProp.alpha(), gradient.muli(gradient, scratch), second);
    INDArray root = Nd4j.exec(new Sqrt(second, scratch)).addi(rmsProp.epsilon());
    add(-learningRate, gradient.divi(root), weights.trained());
  }

  /** {@code to ← to + factor·x}. */
  private static void add(double factor, INDArray x, INDArray to) {
    Level1 vectors = Nd4j.getBlasWrapper().level1();
    vectors.axpy(x.length(), factor, x, to);
  }

  @Override
  public void close() {
    owned.close();
    remembered.forEach(NdWeights::close);
  }
}
