package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.LONG;
import static io.github.lyricist.config.ValueTypes.TEXT;

import io.github.lyricist.Limits;
import io.github.lyricist.config.SweepSpec.Halving;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.config.SweepSpec.Search;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of a sweep. */
final class SweepKeys extends Table<SweepSpec> {
  private final Key<SweepSpec, String> name =
      key("name", TEXT, SweepSpec::name, ExperimentSpec.NAME_RANGE, "Names the sweep's folder.");
  private final Key<SweepSpec, String> base =
      key(
          "base",
          TEXT,
          spec -> spec.base().toString(),
          "the file of a config",
          "The configuration that all trials have in common.");
  private final Key<SweepSpec, Search> search =
      key(
          "search",
          ValueTypes.choice(Search.values()),
          SweepSpec::search,
          "Every combination, some that are drawn, or those with most of them given up early.");
  private final Key<SweepSpec, @Nullable Integer> trials =
      key(
          "trials",
          ValueTypes.orNull(INTEGER),
          SweepSpec::trials,
          "from 1 to " + Limits.SWEEP_TRIALS,
          "How many are drawn; with search: random it must be given, with halving null is every"
              + " combination.");
  private final Key<SweepSpec, Long> seed =
      key("seed", LONG, SweepSpec::seed, "What is drawn derives from it.");
  private final Key<SweepSpec, Halving> halving =
      key("halving", new HalvingKeys(), SweepSpec::halving, "How halving goes on.");
  private final Key<SweepSpec, Objective> objective =
      key(
          "objective",
          ValueTypes.choice(List.of(Objective.values()), Objective::key),
          SweepSpec::objective,
          "What trials are judged by: the least is best.");
  private final Key<SweepSpec, Space> space =
      key(
          "space",
          new SpaceType(),
          SweepSpec::space,
          "The values of each key that is varied, by its dotted path: a list, {log: [0.001, 0.1]} or"
              + " {linear: [0, 0.5]}.");

  SweepKeys() {
    super(SweepSpec.DEFAULT);
  }

  @Override
  SweepSpec make(Values<SweepSpec> values) {
    values.required(base, "name a configuration, as in base: adam-lstm.yaml");
    return new SweepSpec(
        values.get(name),
        Objects.requireNonNull(values.path(base)),
        values.get(search),
        values.get(trials),
        values.get(seed),
        values.section(halving),
        values.get(objective),
        values.required(space, "say what to vary, as in model.hidden: [128, 256]"));
  }

  private static final class HalvingKeys extends Table<Halving> {
    private final Key<Halving, Integer> factor =
        key(
            "factor",
            INTEGER,
            Halving::factor,
            "from 2 to 100",
            "One of so many trials goes on, for so many times as many epochs.");
    private final Key<Halving, Integer> from =
        key("from", INTEGER, Halving::from, "at least 1", "Epochs of the first rung.");

    HalvingKeys() {
      super(SweepSpec.DEFAULT.halving());
    }

    @Override
    Halving make(Values<Halving> values) {
      return new Halving(values.get(factor), values.get(from));
    }
  }
}
