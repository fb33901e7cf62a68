package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;

import io.github.lyricist.config.OneOf.Variant;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;

/** The keys of {@code training.schedule}. */
final class ScheduleKeys {
  private static final String FACTOR = "What the learning rate is multiplied by.";
  private static final String FACTOR_RANGE = "above 0, at most 1";

  private ScheduleKeys() {}

  static OneOf<ScheduleSpec> all() {
    return new OneOf<>(
        TrainingSpec.DEFAULT.schedule(),
        List.of(new ConstantKeys(), new StepKeys(), new PlateauKeys()));
  }

  private static final class ConstantKeys extends Variant<Constant> {
    ConstantKeys() {
      super("constant", new Constant(), "The learning rate stays as it is.");
    }

    @Override
    Constant make(Values<Constant> values) {
      return new Constant();
    }
  }

  private static final class StepKeys extends Variant<Step> {
    private final Key<Step, Double> factor =
        key("factor", NUMBER, Step::factor, FACTOR_RANGE, FACTOR);
    private final Key<Step, Integer> every =
        key("every", INTEGER, Step::every, "at least 1", "Epochs from one change to the next.");
    private final Key<Step, Integer> from =
        key("from", INTEGER, Step::from, "at least 1", "The epoch of the first change.");

    StepKeys() {
      super("step", Step.DEFAULT, "The learning rate falls after fixed numbers of epochs.");
    }

    @Override
    Step make(Values<Step> values) {
      return new Step(values.get(factor), values.get(every), values.get(from));
    }
  }

  private static final class PlateauKeys extends Variant<Plateau> {
    private final Key<Plateau, Double> factor =
        key("factor", NUMBER, Plateau::factor, FACTOR_RANGE, FACTOR);
    private final Key<Plateau, Integer> patience =
        key(
            "patience",
            INTEGER,
            Plateau::patience,
            "at least 0",
            "Epochs in a row without a better validation perplexity that are still waited for.");

    PlateauKeys() {
      super(
          "plateau",
          Plateau.DEFAULT,
          "The learning rate falls when the validation perplexity no longer does.");
    }

    @Override
    Plateau make(Values<Plateau> values) {
      return new Plateau(values.get(factor), values.get(patience));
    }
  }
}
