package io.github.lyricist.sweep;

/** Told what happens in a sweep; one event at a time. */
public interface SweepListener {
  /**
   * A rung begins.
   *
   * @param trials how many are trained in it
   * @param epochs in all, for each whose own are not fewer
   */
  void rung(int trials, int epochs);

  /** A trial has come to the end of its rung, or to its own. */
  void ended(Trial trial, TrialOutcome outcome);
}
