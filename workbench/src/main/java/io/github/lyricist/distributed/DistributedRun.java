package io.github.lyricist.distributed;

import io.github.lyricist.RunFailedException;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.run.CheckpointFile;
import io.github.lyricist.run.Provenance.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;

/** An experiment with workers: when one is lost, it goes on from its checkpoint with new ones. */
public final class DistributedRun {
  private static final int MOST_LOSSES = 5;

  private final Experiment experiment;
  private final Consumer<String> notice;

  /**
   * @param experiment whose steps a {@link WorkerGroup} takes
   * @param notice told in one line of each worker that is lost
   */
  public DistributedRun(Experiment experiment, Consumer<String> notice) {
    this.experiment = experiment;
    this.notice = notice;
  }

  /** As {@link Experiment#run}. */
  public Status run(Path folder) {
    try {
      return experiment.run(folder);
    } catch (WorkerLostException e) {
      return resumed(folder, e);
    }
  }

  /** As {@link Experiment#resume}. */
  public Status resume(Path folder) {
    try {
      return experiment.resume(folder);
    } catch (WorkerLostException e) {
      return resumed(folder, e);
    }
  }

  /** Gives up when workers are lost again and again, and no checkpoint comes of it. */
  private Status resumed(Path folder, WorkerLostException first) {
    WorkerLostException loss = first;
    FileTime checkpoint = checkpoint(folder);
    int losses = 1;
    while (losses < MOST_LOSSES) {
      notice.accept(loss.getMessage() + "; going on from the checkpoint with new workers");
      try {
        return experiment.resume(folder);
      } catch (WorkerLostException e) {
        loss = e;
        FileTime later = checkpoint(folder);
        losses = later.equals(checkpoint) ? losses + 1 : 1;
        checkpoint = later;
      }
    }
    throw loss;
  }

  private static FileTime checkpoint(Path folder) {
    Path file = folder.resolve(CheckpointFile.FILE);
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw RunFailedException.reading(file, e);
    }
  }
}
