package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.INTEGER;

import io.github.lyricist.config.ExperimentSpec.Checkpoint;

/** The keys of {@code checkpoint}. */
final class CheckpointKeys extends Table<Checkpoint> {
  private final Key<Checkpoint, Integer> every =
      key(
          "every",
          INTEGER,
          Checkpoint::every,
          "at least 0",
          "Epochs from one checkpoint to the next; 0 saves only at the end.");
  private final Key<Checkpoint, Integer> everyMinutes =
      key(
          "everyMinutes",
          INTEGER,
          Checkpoint::everyMinutes,
          "at least 0",
          "Minutes within a long epoch after which a checkpoint is saved; 0 never does.");

  CheckpointKeys() {
    super(ExperimentSpec.DEFAULT.checkpoint());
  }

  @Override
  Checkpoint make(Values<Checkpoint> values) {
    return new Checkpoint(values.get(every), values.get(everyMinutes));
  }
}
