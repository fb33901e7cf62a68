package io.github.lyricist.studio.training;

import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.report.StoredRun;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.training.TrainingEvent;
import io.github.lyricist.training.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that waits for its turn, is trained, or has been in this process; and who watches it. */
public final class Training implements TrainingListener {
  private final Path folder;
  private final ExperimentSpec spec;
  private final boolean isResumed;
  private final List<Consumer<TrainingEvent>> watchers = new CopyOnWriteArrayList<>();
  private volatile State state = new State("waiting", null);
  private volatile boolean isPauseRequested;

  /**
   * How a training stands.
   *
   * @param status waiting, running, paused, finished, diverged or failed
   * @param problem why it failed, or null
   */
  public record State(String status, @Nullable String problem) {
    /** Of a run that this process does not train. */
    public static State of(StoredRun run) {
      String status = run.provenance().get("status");
      if (run.isImported()) {
        return new State("imported", null);
      }
      if (status == null) {
        return new State("unknown", null);
      }
      return switch (status) {
        case "interrupted" -> new State("paused", null);
        case "running" -> new State("stopped", "it was killed, or another process trains it");
        default -> new State(status, null);
      };
    }

    /** Whether it waits, or is trained now. */
    public boolean isLive() {
      return status.equals("waiting") || status.equals("running");
    }
  }

  Training(Path folder, ExperimentSpec spec, boolean isResumed) {
    this.folder = folder;
    this.spec = spec;
    this.isResumed = isResumed;
  }

  /** Of its run, which is made when its turn comes. */
  Path folder() {
    return folder;
  }

  /** What is trained. */
  public ExperimentSpec spec() {
    return spec;
  }

  boolean isResumed() {
    return isResumed;
  }

  /** Whether its run is there: that of a training which waits, or failed early, is not. */
  public boolean hasRun() {
    return RunDirectory.canBeResumed(folder);
  }

  /** How it stands. */
  public State state() {
    return state;
  }

  void enter(String status, @Nullable String problem) {
    state = new State(status, problem);
  }

  void requestPause() {
    isPauseRequested = true;
  }

  boolean isPauseRequested() {
    return isPauseRequested;
  }

  /**
   * Watches it from now on.
   *
   * @param watcher told on the training's own thread, which it must not hold up
   */
  public void watch(Consumer<TrainingEvent> watcher) {
    watchers.add(watcher);
  }

  /** Ends that. */
  public void unwatch(Consumer<TrainingEvent> watcher) {
    watchers.remove(watcher);
  }

  @Override
  public void on(TrainingEvent event) {
    watchers.forEach(watcher -> watcher.accept(event));
  }
}
