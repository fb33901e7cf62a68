package io.github.lyricist.experiment;

import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.ShardedSteps;
import io.github.lyricist.training.TrainingSteps;
import java.nio.file.Path;

/** Says where an experiment's steps are taken. */
@FunctionalInterface
public interface StepsSource {
  /** In this process. */
  StepsSource HERE = (folder, learning) -> here(learning);

  /**
   * What takes the steps of a run.
   *
   * @param folder the run directory; it holds config, provenance and a checkpoint of where the run
   *     stands by the time of the first step
   */
  TrainingSteps of(Path folder, Learning learning);

  /** What takes the steps in this process. */
  static TrainingSteps here(Learning learning) {
    return new ShardedSteps(
        learning.sampler(),
        learning.dropout(),
        learning.trainer(),
        Shard.of(learning.spec().sampler().batchSize(), learning.spec().training().shards()),
        learning.model()::newState);
  }
}
