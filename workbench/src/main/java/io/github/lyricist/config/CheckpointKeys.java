package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;

import io.github.lyricist.config.ExperimentSpec.CheckpointSpec;

/** The keys of {@code checkpoint}. */
final class CheckpointKeys extends Table<CheckpointSpec> {
  private final Key<CheckpointSpec, Integer> every =
      key(
          "every",
          INTEGER,
          CheckpointSpec::every,
          "at least 0",
          "Epochs from one checkpoint to the next; 0 saves only at the end.");
  private final Key<CheckpointSpec, Integer> everyMinutes =
      key(
          "everyMinutes",
          INTEGER,
          CheckpointSpec::everyMinutes,
          "at least 0",
          "Minutes within a long epoch after which a checkpoint is saved; 0 never does.");

  CheckpointKeys() {
    super(ExperimentSpec.DEFAULT.checkpoint());
  }

  @Override
  CheckpointSpec make(Values<CheckpointSpec> values) {
    return new CheckpointSpec(values.get(every), values.get(everyMinutes));
  }
}
