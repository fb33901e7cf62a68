package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.distributed.DistributedRun;
import io.github.lyricist.distributed.WorkerGroup;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingListener;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a run is trained by this process alone, or by several workers. */
final class WorkerOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "Processes of this machine that share out the shards of each batch (training.shards);",
        "on scratch the result is the same to the last bit."
      })
  private @Nullable Integer workers;

  /**
   * Trains an experiment.
   *
   * @param resumed whether the folder holds it already, to be gone on with
   */
  Status train(
      ExperimentSpec spec,
      BackendRegistry backends,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      Path folder,
      boolean resumed) {
    if (workers == null) {
      Experiment experiment = new Experiment(spec, backends, listener, stopRequested);
      return resumed ? experiment.resume(folder) : experiment.run(folder);
    }
    int count = workers;
    if (count < 1 || count > Threads.MOST) {
      throw InvalidInputException.at(
          "--workers", "found " + count, "expected a whole number from 1 to " + Threads.MOST);
    }
    WorkerGroup.requireShards(spec, count);
    Experiment experiment =
        new Experiment(sharing(spec, count), backends, listener, stopRequested)
            .withSteps(
                (run, learning) -> new WorkerGroup(run, learning, new LocalWorkers(), count));
    DistributedRun distributed =
        new DistributedRun(experiment, message -> listener.on(new Notice(message)));
    return resumed ? distributed.resume(folder) : distributed.run(folder);
  }

  /** The cores of this machine, where nothing else is said, divided by the workers on it. */
  private static ExperimentSpec sharing(ExperimentSpec spec, int workers) {
    int threads =
        spec.threads() != null ? spec.threads() : Math.max(1, Threads.orCores(null) / workers);
    return spec.on(spec.backend(), spec.device(), threads);
  }
}
