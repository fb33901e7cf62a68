package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Curve.Sample;
import io.github.lyricist.training.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one run went, to be drawn.
 *
 * @param name what the legends call it; empty where there is but one
 * @param number from 0; gives the colour
 * @param epochs ascending
 * @param previewed the epochs with previews
 */
record History(String name, int number, List<EpochResult> epochs, Set<Integer> previewed) {
  /** Perplexity over epochs, in training and validation. */
  static Plot perplexity(List<History> histories) {
    List<Curve> curves = new ArrayList<>();
    for (History history : histories) {
      curves.add(history.training());
      Curve validation = history.validation();
      if (validation != null) {
        curves.add(validation);
      }
    }
    return new Plot("perplexity, log scale", true, curves);
  }

  /** Speed over epochs. */
  static Plot speed(List<History> histories) {
    return new Plot(
        "speed, characters/s",
        false,
        histories.stream().map(History::charactersPerSecond).toList());
  }

  private Curve training() {
    List<Sample> samples =
        epochs.stream().map(epoch -> new Sample(epoch.epoch(), epoch.perplexity())).toList();
    return new Curve(
        name.isEmpty() ? "training" : name, Ink.ofCurve(number), dash(), samples, previewed);
  }

  private @Nullable Curve validation() {
    if (epochs.stream().allMatch(epoch -> epoch.validationPerplexity() == null)) {
      return null;
    }
    List<Sample> samples = new ArrayList<>();
    for (EpochResult epoch : epochs) {
      Double perplexity = epoch.validationPerplexity();
      samples.add(new Sample(epoch.epoch(), perplexity == null ? Double.NaN : perplexity));
    }
    return name.isEmpty()
        ? new Curve("validation", Ink.ORANGE, Dash.NONE, samples, Set.of())
        : new Curve(name + ", validation", Ink.ofCurve(number), Dash.DASHED, samples, Set.of());
  }

  private Curve charactersPerSecond() {
    List<Sample> samples =
        epochs.stream()
            .map(epoch -> new Sample(epoch.epoch(), epoch.charactersPerSecond()))
            .toList();
    return new Curve(
        name.isEmpty() ? "speed" : name, Ink.ofCurve(number), dash(), samples, Set.of());
  }

  /** When the colours begin again, the lines are dotted. */
  private Dash dash() {
    return number < Ink.curves() ? Dash.NONE : Dash.DOTTED;
  }
}
