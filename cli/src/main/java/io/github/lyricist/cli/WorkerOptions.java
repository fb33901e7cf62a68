package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.distributed.DistributedRun;
import io.github.lyricist.distributed.WorkerGroup;
import io.github.lyricist.distributed.WorkerPlacement;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.install.Installation;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.training.TrainingEvent.Notice;
import io.github.lyricist.training.TrainingListener;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a run is trained by this process alone, or by several workers, and where those are. */
final class WorkerOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "Processes that share out the shards of each batch (training.shards); on scratch the",
        "result is the same to the last bit."
      })
  private @Nullable Integer workers;

  @Mixin private ClusterOptions clusters = new ClusterOptions();

  /**
   * Trains an experiment.
   *
   * @param resumed whether the folder holds it already, to be gone on with
   */
  Status train(
      ExperimentSpec spec,
      BackendRegistry backends,
      Supplier<Installation> installation,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      Path folder,
      boolean resumed) {
    if (workers == null) {
      if (clusters.isGiven()) {
        throw InvalidInputException.at(
            "--master", "it is for several workers", "say how many with --workers N");
      }
      Experiment experiment = new Experiment(spec, backends, listener, stopRequested);
      return resumed ? experiment.resume(folder) : experiment.run(folder);
    }
    int count = workers;
    if (count < 1 || count > Threads.MOST) {
      throw InvalidInputException.at(
          "--workers", "found " + count, "expected a whole number from 1 to " + Threads.MOST);
    }
    WorkerGroup.requireShards(spec, count);
    Consumer<String> notice = message -> listener.on(new Notice(message));
    return clusters.with(
        installation,
        Set.of(spec.backend()),
        notice,
        cluster -> {
          if (cluster != null) {
            ClusterOptions.requireSlots(cluster, count, "--workers");
          }
          WorkerPlacement placement = cluster == null ? new LocalWorkers() : cluster;
          Experiment experiment =
              new Experiment(
                      cluster == null ? sharing(spec, count) : spec,
                      backends,
                      listener,
                      stopRequested)
                  .withSteps((run, learning) -> new WorkerGroup(run, learning, placement, count));
          DistributedRun distributed = new DistributedRun(experiment, notice);
          return resumed ? distributed.resume(folder) : distributed.run(folder);
        });
  }

  /** The cores of this machine, where nothing else is said, divided by the workers on it. */
  private static ExperimentSpec sharing(ExperimentSpec spec, int workers) {
    int threads =
        spec.threads() != null ? spec.threads() : Math.max(1, Threads.orCores(null) / workers);
    return spec.on(spec.backend(), spec.device(), threads);
  }
}
