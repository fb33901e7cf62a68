package io.github.lyricist.sweep;

import io.github.lyricist.BoundedFile;
import io.github.lyricist.InvalidInputException;
import io.github.lyricist.RunFailedException;
import io.github.lyricist.config.Config;
import io.github.lyricist.config.ConfigReader;
import io.github.lyricist.config.ExperimentSpec;
import io.github.lyricist.config.SavedArchitecture;
import io.github.lyricist.config.SweepConfig;
import io.github.lyricist.config.SweepSpec;
import io.github.lyricist.config.SweepSpec.Objective;
import io.github.lyricist.corpus.HeldOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Trains the trials of a sweep, rung by rung, and keeps what becomes of them. */
public final class Sweep implements AutoCloseable {
  private final SweepSpec spec;
  private final SweepFolder folder;
  private final List<TrialResult> results; // in trial order
  private final List<ExperimentSpec> specs; // of the trials, likewise
  private final List<Rung> rungs; // that were begun
  private volatile boolean stopped; // a trial was, so no other is begun

  private Sweep(SweepSpec spec, SweepFolder folder) {
    this.spec = spec;
    this.folder = folder;
    this.results = folder.results();
    this.rungs = new ArrayList<>(folder.rungs());
    this.specs = specs();
  }

  private static Sweep in(SweepFolder folder, SweepSpec spec) {
    try {
      return new Sweep(spec, folder);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Begins a sweep. Whatever is wrong with it or with one of its configurations is found before the
   * folder is made.
   *
   * @param architectures opens the models that trials start from
   * @throws InvalidInputException at the first thing that is wrong
   */
  public static Sweep begin(SweepConfig config, Path folder, SavedArchitecture architectures) {
    List<Trial> trials = trials(config);
    List<ExperimentSpec> specs = new ArrayList<>();
    for (Trial trial : trials) {
      Config read = config.trial(trial.values(), architectures);
      requireObjective(config.spec().objective(), read);
      specs.add(read.spec());
    }
    return in(SweepFolder.create(folder, config.text(), trials, specs), config.spec());
  }

  /**
   * Goes on with a sweep that was interrupted or killed.
   *
   * @throws InvalidInputException if the folder holds none, or another process is at it
   */
  public static Sweep resume(Path folder) {
    BoundedFile.requireFolder(folder, "give a sweep's file, or the folder that it made");
    if (!SweepFolder.isSweep(folder)) {
      throw InvalidInputException.at(
          folder.toString(), "no sweep's folder", "give a sweep's file, or the folder it made");
    }
    SweepConfig config = SweepConfig.read(folder.resolve(SweepFolder.SWEEP));
    return in(SweepFolder.open(folder, trials(config)), config.spec());
  }

  private static List<Trial> trials(SweepConfig config) {
    try {
      return Trial.of(config.spec());
    } catch (InvalidInputException e) {
      throw e.locatedBy(config::place);
    }
  }

  private static void requireObjective(Objective objective, Config config) {
    if (objective == Objective.VALIDATION_PERPLEXITY) {
      requireHeldOut("validation", objective, config.spec().corpus().validation(), config);
    } else if (objective == Objective.TEST_PERPLEXITY) {
      requireHeldOut("test", objective, config.spec().corpus().test(), config);
    }
  }

  private static void requireHeldOut(
      String part, Objective objective, HeldOut heldOut, Config config) {
    if (heldOut.equals(new HeldOut.Share(0))) {
      throw InvalidInputException.at(
          config.place("corpus." + part),
          "no text is held out for 'objective: %s'".formatted(objective.key()),
          "set corpus.%s, to 0.1 for example, or another objective".formatted(part));
    }
  }

  public SweepSpec spec() {
    return spec;
  }

  public List<Trial> trials() {
    return folder.trials();
  }

  /** What has become of a trial so far. */
  public TrialResult result(Trial trial) {
    return results.get(trial.number() - 1);
  }

  /** Where a trial is trained. */
  public Path run(Trial trial) {
    return folder.run(trial.number());
  }

  /** The configuration of the best trial, as a file of its own. */
  public Path best() {
    return folder.best();
  }

  /** Where the sweep's page is. */
  Path report() {
    return folder.report();
  }

  /** The trials, the best one first; those of equal rank as they are numbered. */
  public List<Trial> ranking() {
    return trials().stream()
        .sorted((a, b) -> TrialResult.BETTER_FIRST.compare(result(a), result(b)))
        .toList();
  }

  /**
   * Trains what is left to be trained.
   *
   * @param parallel how many trials at once
   * @param stopRequested whether no more trials are to begin
   * @return whether it came to its end
   */
  public boolean run(
      TrialRunner runner, int parallel, SweepListener listener, BooleanSupplier stopRequested) {
    int most = specs.stream().mapToInt(spec -> spec.training().epochs()).max().orElseThrow();
    Rung rung =
        rungs.isEmpty() ? Rung.first(spec, trials().size(), most) : rungs.remove(rungs.size() - 1);
    while (rung != null) {
      rungs.add(rung);
      folder.writeRungs(rungs);
      if (!train(rung, runner, parallel, listener, stopRequested)) {
        return false;
      }
      rung = rung.next(spec, results, most);
    }
    return true;
  }

  /** What the trials' own configurations say, in trial order. */
  private List<ExperimentSpec> specs() {
    return trials().stream()
        .map(trial -> ConfigReader.readOfRun(folder.config(trial.number()), List.of()).spec())
        .toList();
  }

  /** Those on which its trials are trained. */
  public Set<String> engines() {
    return specs.stream().map(ExperimentSpec::backend).collect(Collectors.toSet());
  }

  private boolean train(
      Rung rung,
      TrialRunner runner,
      int parallel,
      SweepListener listener,
      BooleanSupplier stopRequested) {
    List<Trial> waiting =
        rung.trials().stream()
            .map(number -> trials().get(number - 1))
            .filter(trial -> !result(trial).isDone(epochs(trial, rung)))
            .toList();
    listener.rung(waiting.size(), rung.epochs());
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (Trial trial : waiting) {
        all.add(
            threads.submit(
                () ->
                    !stopped
                        && !stopRequested.getAsBoolean()
                        && train(trial, epochs(trial, rung), runner, listener)));
      }
      boolean ended = true;
      for (Future<Boolean> each : all) {
        ended &= each.get();
      }
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new RunFailedException("a trial failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** To how many a trial is trained in a rung. */
  private int epochs(Trial trial, Rung rung) {
    return Math.min(rung.epochs(), specs.get(trial.number() - 1).training().epochs());
  }

  /** Returns false if it was stopped; then, and when it breaks off, no other trial is begun. */
  private boolean train(Trial trial, int epochs, TrialRunner runner, SweepListener listener) {
    TrialOutcome outcome = null;
    try {
      outcome = runner.train(folder.config(trial.number()), folder.run(trial.number()), epochs);
    } finally {
      if (outcome == null) {
        stopped = true;
      }
    }
    if (outcome != null) {
      keep(trial, outcome, listener);
    }
    return outcome != null;
  }

  private synchronized void keep(Trial trial, TrialOutcome outcome, SweepListener listener) {
    results.set(trial.number() - 1, outcome.result());
    folder.writeResults(results);
    if (ranking().get(0).equals(trial) && outcome.result().objective() != null) {
      folder.writeBest(trial);
    }
    listener.ended(trial, outcome);
  }

  @Override
  public void close() {
    folder.close();
  }
}
