package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;

import io.github.lyricist.config.OneOf.Variant;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.ScheduleSpec.Annealing;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.ScheduleSpec.Cosine;
import io.github.lyricist.training.ScheduleSpec.Linear;
import io.github.lyricist.training.ScheduleSpec.Plateau;
import io.github.lyricist.training.ScheduleSpec.Step;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of {@code training.schedule}. */
final class ScheduleKeys {
  private static final String FACTOR = "What the learning rate is multiplied by.";
  private static final String FACTOR_RANGE = "above 0, at most 1";

  private static final String COSINE =
      "The learning rate falls from update to update, as half a wave of the cosine.";
  private static final String LINEAR =
      "The learning rate falls from update to update, always by as much.";

  private ScheduleKeys() {}

  static OneOf<ScheduleSpec> all() {
    return new OneOf<>(
        TrainingSpec.DEFAULT.schedule(),
        List.of(
            new ConstantKeys(),
            new StepKeys(),
            new PlateauKeys(),
            new AnnealingKeys<>("cosine", Cosine.DEFAULT, COSINE, Cosine::new),
            new AnnealingKeys<>("linear", Linear.DEFAULT, LINEAR, Linear::new)));
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

  /** What a schedule of one rate for each update is made from. */
  @FunctionalInterface
  private interface Maker<S> {
    S make(int warmup, double end, @Nullable Integer horizon);
  }

  private static final class AnnealingKeys<S extends Annealing> extends Variant<S> {
    private final Maker<S> maker;
    private final Key<S, Integer> warmup =
        key(
            "warmup",
            INTEGER,
            Annealing::warmup,
            "at least 0",
            "Updates over which the learning rate rises before it falls.");
    private final Key<S, Double> end =
        key(
            "final",
            NUMBER,
            Annealing::end,
            "from 0 to 1",
            "What the learning rate is multiplied by at the end.");
    private final Key<S, @Nullable Integer> horizon =
        key(
            "horizon",
            ValueTypes.orNull(INTEGER),
            Annealing::horizon,
            "at least 1",
            "Epochs until then; null is training.epochs, and stays what it was when a run is"
                + " resumed with more.");

    AnnealingKeys(String name, S absent, String meaning, Maker<S> maker) {
      super(name, absent, meaning);
      this.maker = maker;
    }

    @Override
    S make(Values<S> values) {
      return maker.make(values.get(warmup), values.get(end), values.get(horizon));
    }
  }
}
