package io.github.lyricist.sweep;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where trials are trained: in processes of this machine, or on others. Called by many threads. */
@FunctionalInterface
public interface TrialRunner {
  /**
   * Trains a trial, from where it stands.
   *
   * @param config its complete configuration
   * @param folder its run directory, which may hold an earlier part of its training
   * @param epochs to which it is trained in all, at most its own
   * @return what came out of it, also where it failed; null where it was stopped before its end
   */
  @Nullable TrialOutcome train(Path config, Path folder, int epochs);
}
