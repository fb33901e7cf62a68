package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.NUMBER;

import io.github.lyricist.config.OneOf.Variant;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Adam;
import io.github.lyricist.training.OptimizerSpec.AdamW;
import io.github.lyricist.training.OptimizerSpec.RmsProp;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;

/** The keys of {@code training.optimizer}. */
final class OptimizerKeys {
  private static final String POSITIVE = "above 0";
  private static final String FRACTION = "from 0 to below 1";
  private static final String BETA1 = "β₁, the decay of the mean gradient.";
  private static final String BETA2 = "β₂, the decay of the mean squared gradient.";
  private static final String RATE = "What a step is multiplied by; the schedule changes it.";
  private static final String EPSILON = "ε, added to the root so that nothing is divided by 0.";

  private OptimizerKeys() {}

  static OneOf<OptimizerSpec> all() {
    return new OneOf<>(
        TrainingSpec.DEFAULT.optimizer(),
        List.of(new SgdKeys(), new AdamKeys(), new AdamWKeys(), new RmsPropKeys()));
  }

  private static final class SgdKeys extends Variant<Sgd> {
    private final Key<Sgd, Double> learningRate =
        key("learningRate", NUMBER, Sgd::learningRate, POSITIVE, RATE);
    private final Key<Sgd, Double> momentum =
        key("momentum", NUMBER, Sgd::momentum, FRACTION, "How much of the last step is kept.");

    SgdKeys() {
      super("sgd", Sgd.DEFAULT, "Stochastic gradient descent.");
    }

    @Override
    Sgd make(Values<Sgd> values) {
      return new Sgd(values.get(learningRate), values.get(momentum));
    }
  }

  private static final class AdamKeys extends Variant<Adam> {
    private final Key<Adam, Double> learningRate =
        key("learningRate", NUMBER, Adam::learningRate, POSITIVE, RATE);
    private final Key<Adam, Double> beta1 = key("beta1", NUMBER, Adam::beta1, FRACTION, BETA1);
    private final Key<Adam, Double> beta2 = key("beta2", NUMBER, Adam::beta2, FRACTION, BETA2);
    private final Key<Adam, Double> epsilon =
        key("epsilon", NUMBER, Adam::epsilon, POSITIVE, EPSILON);

    AdamKeys() {
      super("adam", Adam.DEFAULT, "Adam, as PyTorch's.");
    }

    @Override
    Adam make(Values<Adam> values) {
      return new Adam(
          values.get(learningRate), values.get(beta1), values.get(beta2), values.get(epsilon));
    }
  }

  private static final class AdamWKeys extends Variant<AdamW> {
    private final Key<AdamW, Double> learningRate =
        key("learningRate", NUMBER, AdamW::learningRate, POSITIVE, RATE);
    private final Key<AdamW, Double> beta1 =
        key("beta1", NUMBER, spec -> spec.adam().beta1(), FRACTION, BETA1);
    private final Key<AdamW, Double> beta2 =
        key("beta2", NUMBER, spec -> spec.adam().beta2(), FRACTION, BETA2);
    private final Key<AdamW, Double> epsilon =
        key("epsilon", NUMBER, spec -> spec.adam().epsilon(), POSITIVE, EPSILON);
    private final Key<AdamW, Double> weightDecay =
        key(
            "weightDecay",
            NUMBER,
            AdamW::weightDecay,
            "at least 0",
            "λ: before each step every weight is multiplied by 1 minus λ times the learning rate.");

    AdamWKeys() {
      super("adamw", AdamW.DEFAULT, "Adam with decoupled weight decay, as PyTorch's.");
    }

    @Override
    AdamW make(Values<AdamW> values) {
      Adam adam =
          new Adam(
              values.get(learningRate), values.get(beta1), values.get(beta2), values.get(epsilon));
      return new AdamW(adam, values.get(weightDecay));
    }
  }

  private static final class RmsPropKeys extends Variant<RmsProp> {
    private final Key<RmsProp, Double> learningRate =
        key("learningRate", NUMBER, RmsProp::learningRate, POSITIVE, RATE);
    private final Key<RmsProp, Double> alpha =
        key(
            "alpha",
            NUMBER,
            RmsProp::alpha,
            FRACTION,
            "α, the decay of the mean squared gradient.");
    private final Key<RmsProp, Double> epsilon =
        key("epsilon", NUMBER, RmsProp::epsilon, POSITIVE, EPSILON);

    RmsPropKeys() {
      super("rmsprop", RmsProp.DEFAULT, "RMSprop, as PyTorch's.");
    }

    @Override
    RmsProp make(Values<RmsProp> values) {
      return new RmsProp(values.get(learningRate), values.get(alpha), values.get(epsilon));
    }
  }
}
