package io.github.lyricist.training;

import io.github.lyricist.InvalidInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How a gradient becomes a change of the parameters: PyTorch's optimizers. */
public sealed interface OptimizerSpec {
  double learningRate();

  /** What it remembers of each parameter, by the names in the state dicts of PyTorch's. */
  List<String> remembered();

  /**
   * Stochastic gradient descent: {@code w ← w − lr·g}, or with momentum μ {@code v ← μ·v + g, w ← w
   * − lr·v}.
   */
  @RecordBuilder
  record Sgd(double learningRate, double momentum)
      implements OptimizerSpec, OptimizerSpecSgdBuilder.With {
    public static final Sgd DEFAULT = new Sgd(100, 0);

    public Sgd {
      requirePositive("learningRate", learningRate);
      requireFraction("momentum", momentum);
    }

    @Override
    public List<String> remembered() {
      return momentum == 0 ? List.of() : List.of("momentum_buffer");
    }
  }

  /**
   * Adam (Kingma and Ba, 2015) as {@code torch.optim.Adam}: {@code m ← β₁·m + (1 − β₁)·g}, {@code v
   * ← β₂·v + (1 − β₂)·g²}, {@code m̂ = m / (1 − β₁ᵗ)}, {@code v̂ = v / (1 − β₂ᵗ)}, {@code w ← w −
   * lr · m̂ / (√v̂ + ε)}.
   */
  @RecordBuilder
  record Adam(double learningRate, double beta1, double beta2, double epsilon)
      implements OptimizerSpec, OptimizerSpecAdamBuilder.With {
    public static final Adam DEFAULT = new Adam(0.002, 0.9, 0.999, 1e-8);

    public Adam {
      requirePositive("learningRate", learningRate);
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requireEpsilon(epsilon);
    }

    @Override
    public List<String> remembered() {
      return List.of("exp_avg", "exp_avg_sq");
    }

    /**
     * {@code lr / (1 − β₁ᵗ)}, by which m is multiplied.
     *
     * @param step t, from 1
     */
    public double stepSize(double learningRate, long step) {
      return learningRate / (1 - Math.pow(beta1, (double) step));
    }

    /**
     * {@code √(1 − β₂ᵗ)}, by which √v is divided before ε is added.
     *
     * @param step t, from 1
     */
    public double rootCorrection(long step) {
      return Math.sqrt(1 - Math.pow(beta2, (double) step));
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2019) as {@code torch.optim.AdamW}:
   * {@code w ← w − lr·λ·w}, of every trained parameter, and then Adam's step.
   *
   * @param adam that step
   * @param weightDecay λ
   */
  @RecordBuilder
  record AdamW(Adam adam, double weightDecay)
      implements OptimizerSpec, OptimizerSpecAdamWBuilder.With {
    public static final AdamW DEFAULT = new AdamW(Adam.DEFAULT, 0.01);

    public AdamW {
      if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
        throw InvalidInputException.ofKey(
            "weightDecay", "found " + weightDecay, "expected a number, at least 0");
      }
    }

    @Override
    public double learningRate() {
      return adam.learningRate();
    }

    @Override
    public List<String> remembered() {
      return adam.remembered();
    }

    /** {@code 1 − lr·λ}, what is left of a weight before Adam's step. */
    public double kept(double learningRate) {
      return 1 - learningRate * weightDecay;
    }
  }

  /**
   * RMSprop (Hinton, 2012) as {@code torch.optim.RMSprop}: {@code v ← α·v + (1 − α)·g²}, {@code w ←
   * w − lr · g / (√v + ε)}.
   */
  @RecordBuilder
  record RmsProp(double learningRate, double alpha, double epsilon)
      implements OptimizerSpec, OptimizerSpecRmsPropBuilder.With {
    public static final RmsProp DEFAULT = new RmsProp(0.002, 0.99, 1e-8);

    public RmsProp {
      requirePositive("learningRate", learningRate);
      requireFraction("alpha", alpha);
      requireEpsilon(epsilon);
    }

    @Override
    public List<String> remembered() {
      return List.of("square_avg");
    }
  }

  private static void requirePositive(String key, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.ofKey(key, "found " + value, "expected a number above 0");
    }
  }

  /** Engines add ε in single precision: as zero it would make 0/0 of what was never trained. */
  private static void requireEpsilon(double epsilon) {
    requirePositive("epsilon", epsilon);
    if ((float) epsilon == 0) {
      throw InvalidInputException.ofKey(
          "epsilon",
          "found " + epsilon + ", which is 0 in single precision",
          "expected a number of at least " + Float.MIN_VALUE);
    }
  }

  private static void requireFraction(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw InvalidInputException.ofKey(
          key, "found " + value, "expected a number from 0 to below 1");
    }
  }
}
