package io.github.lyricist.cli;

import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.DeviceRequest;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.experiment.TrainedModel;
import io.github.lyricist.run.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A trained model, and the engine to load it on. */
final class ModelOptions {
  @Parameters(
      paramLabel = "RUN_DIR",
      description = "The run directory, or the model.safetensors of one.")
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

  /** The experiment of the run, where there is its config. */
  @Nullable ExperimentSpec experiment() {
    Path config = model.resolve(RunDirectory.CONFIG);
    return Files.isRegularFile(config) ? ConfigReader.readOfRun(config, List.of()).spec() : null;
  }

  TrainedModel open(@Nullable ExperimentSpec experiment) {
    String engine =
        backend != null
            ? backend
            : experiment == null ? ExperimentSpec.DEFAULT.backend() : experiment.backend();
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return TrainedModel.open(
        model, BackendRegistry.installed(), engine, DeviceRequest.parse(device), count);
  }
}
