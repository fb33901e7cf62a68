package io.github.lyricist.experiment;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.backend.Threads;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.TrainingState;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A run that another process leads, at the point where its checkpoint stands. */
public final class JoinedRun implements AutoCloseable {
  private final Learning learning;
  private final TrainingState state;

  private JoinedRun(Learning learning, TrainingState state) {
    this.learning = learning;
    this.state = state;
  }

  /**
   * Opens it, with no more threads than this process has cores.
   *
   * @param folder with the config and the checkpoint of the run
   * @param notice told in one line each of what is odd
   * @throws InvalidInputException if it can't be carried out here, as where the text is another
   */
  public static JoinedRun open(Path folder, BackendRegistry backends, Consumer<String> notice) {
    ExperimentSpec spec =
        ConfigReader.readOfRun(folder.resolve(RunDirectory.CONFIG), List.of()).spec();
    int threads = Math.min(Threads.orCores(spec.threads()), Threads.orCores(null));
    CheckpointFile checkpoint = CheckpointFile.open(folder);
    RunText.requireInPlace(spec.corpus(), "put it there, or name a place that all workers see");
    Preparation prepared =
        Preparation.of(spec, new RandomStreams(spec.seed()), checkpoint.model(), notice);
    Resumption.requireSameCorpus(prepared.corpus(), checkpoint);
    return new JoinedRun(
        Learning.begin(
            spec.on(spec.backend(), spec.device(), threads),
            prepared,
            backends,
            checkpoint.model()::parameters),
        checkpoint.training(spec.training().optimizer(), spec.sampler().batchSize()));
  }

  public Learning learning() {
    return learning;
  }

  /** Where it stands. */
  public TrainingState state() {
    return state;
  }

  @Override
  public void close() {
    learning.close();
  }
}
