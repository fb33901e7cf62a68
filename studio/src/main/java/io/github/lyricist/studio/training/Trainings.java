package io.github.lyricist.studio.training;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.Limits;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.backend.BackendRegistry;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.Setting;
import io.github.lyricist.experiment.Experiment;
import io.github.lyricist.run.Provenance.Status;
import io.github.lyricist.run.RunDirectory;
import io.github.lyricist.studio.http.Refusal;
import io.github.lyricist.training.DivergedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The trainings of this process: one at a time, the others wait for their turn. */
public final class Trainings implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final BackendRegistry backends;
  private final Engine engine;
  private final Consumer<String> log;
  private final ExecutorService turn = Executors.newSingleThreadExecutor();
  private final Map<String, Training> all = new LinkedHashMap<>();

  /**
   * In a folder of runs.
   *
   * @param log told in one line of what went wrong in a way that nobody meant
   */
  public Trainings(Path folder, BackendRegistry backends, Engine engine, Consumer<String> log) {
    this.folder = folder;
    this.backends = backends;
    this.engine = engine;
    this.log = log;
  }

  /**
   * Begins a run, or has it wait.
   *
   * @return the name that its folder has, or will have
   */
  public synchronized String begin(Config config) {
    Path run =
        RunDirectory.defaultFolder(
            folder, config.spec().name(), LocalDateTime.now(ZoneId.systemDefault()));
    String base = run.getFileName().toString();
    String id = base;
    for (int i = 2; all.containsKey(id); i++) {
      id = base + "-" + i;
    }
    add(id, new Training(folder.resolve(id), config.spec(), false), config);
    return id;
  }

  /**
   * Goes on with a run.
   *
   * @param epochs how many in all, in place of the run's; or null
   */
  public synchronized void resume(String id, Path run, @Nullable Integer epochs) {
    Training before = all.get(id);
    if (before != null && before.state().isLive()) {
      throw new Refusal(409, "it is %s already".formatted(before.state().status()), null, null);
    }
    RunDirectory.requireRun(run);
    List<Setting> settings = new ArrayList<>(engine.threads());
    if (epochs != null) {
      settings.add(new Setting("epochs", "training.epochs", String.valueOf(epochs)));
    }
    Config config = ConfigReader.readOfRun(run.resolve(RunDirectory.CONFIG), settings);
    if (!config.spec().backend().equals(engine.name())) {
      throw new Refusal(
          409,
          "it is trained on %s; start the studio with --backend %s"
              .formatted(config.spec().backend(), config.spec().backend()),
          null,
          null);
    }
    add(id, new Training(run, config.spec(), true), config);
  }

  private void add(String id, Training training, Config config) {
    long live = all.values().stream().filter(each -> each.state().isLive()).count();
    if (live >= Limits.WAITING_RUNS) {
      throw new Refusal(409, "%d runs wait already".formatted(live), null, null);
    }
    all.put(id, training);
    turn.execute(() -> train(training, config));
  }

  /** Whether its turn has come; one that was paused meanwhile doesn't begin. */
  private synchronized boolean begins(Training training) {
    if (!training.state().status().equals("waiting") || training.isPauseRequested()) {
      training.enter("paused", null);
      return false;
    }
    training.enter("running", null);
    return true;
  }

  private void train(Training training, Config config) {
    if (!begins(training)) {
      return;
    }
    try {
      Experiment experiment =
          new Experiment(training.spec(), backends, training, training::isPauseRequested);
      Status status =
          training.isResumed()
              ? experiment.resume(training.folder())
              : experiment.run(training.folder());
      training.enter(status == Status.FINISHED ? "finished" : "paused", null);
    } catch (InvalidInputException e) {
      training.enter("failed", e.locatedBy(config::place).getMessage());
    } catch (DivergedException e) {
      training.enter("diverged", e.getMessage());
    } catch (RunFailedException e) {
      training.enter("failed", e.getMessage());
    } catch (OutOfMemoryError e) {
      training.enter("failed", "there is not enough memory for it");
    } catch (RuntimeException | Error e) { // of a native engine, too
      log.accept("unexpected %s while %s was trained".formatted(e, training.folder()));
      training.enter("failed", "unexpected " + e.getClass().getSimpleName());
    }
  }

  /** Stops a run after its step, with a checkpoint; one that waits doesn't begin. */
  public synchronized void pause(String id) {
    Training training = all.get(id);
    if (training == null || !training.state().isLive()) {
      throw new Refusal(409, "it is not being trained here", null, null);
    }
    training.requestPause();
    if (training.state().status().equals("waiting")) {
      training.enter("paused", null);
      if (!Files.exists(training.folder())) {
        all.remove(id);
      }
    }
  }

  /** A training of this process; null where there has been none of this run. */
  public synchronized @Nullable Training of(String id) {
    return all.get(id);
  }

  /** Those that are in this state, in their order. */
  public synchronized List<String> in(String status) {
    return all.entrySet().stream()
        .filter(each -> each.getValue().state().status().equals(status))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Stops what is being trained, its checkpoint kept. */
  @Override
  public void close() {
    synchronized (this) {
      all.values().forEach(Training::requestPause);
    }
    turn.shutdown();
    try {
      if (!turn.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.accept("the run did not stop in time; its last results may be lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
