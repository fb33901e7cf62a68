package io.github.lyricist.cli;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.TrainedModel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained model, and the engine to load it on. */
final class ModelOptions {
  @Parameters(
      paramLabel = "RUN_DIR",
      converter = RunPath.class,
      description =
          "The run directory, or the model.safetensors of one; 'latest' is the newest of runs/.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path model;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "The engine. Default: the one that trained the model.")
  private @Nullable String backend;

  @Option(
      names = "--device",
      paramLabel = "D",
      description = "auto, cpu, cuda or cuda:N. Default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: the machine's cores.")
  private @Nullable Integer threads;

  @Option(names = "--quiet", description = "Nothing on standard error but errors.")
  private boolean quiet;

  /** The run directory, or the file. */
  Path model() {
    return model;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** The experiment of the run, where there is its config. */
  @Nullable ExperimentSpec experiment() {
    return TrainedModel.experimentOf(model);
  }

  /**
   * Loads the model on the engine asked for, or else on the one that trained it.
   *
   * @param experiment that of the run, where it is known
   */
  TrainedModel open(@Nullable ExperimentSpec experiment, BackendRegistry backends) {
    ExperimentSpec trained = experiment == null ? ExperimentSpec.DEFAULT : experiment;
    String engine = backend == null ? trained.backend() : backend;
    try {
      return TrainedModel.open(
          model, backends, engine, DeviceRequest.parse(device), Threads.orCores(threads));
    } catch (InvalidInputException e) {
      throw e.locatedBy(key -> "--" + key);
    }
  }
}
