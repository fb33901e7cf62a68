package io.github.lyricist.report;

import io.github.lyricist.report.Canvas.Dash;
import io.github.lyricist.report.Curve.Sample;
import io.github.lyricist.training.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
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
  /** Beyond this a training has diverged, how far tells nothing, and would flatten all else. */
  private static final double MOST_TAME = 1e9;

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
    return tame(new Plot("perplexity, log scale", true, curves));
  }

  /** The values of an epoch gone wild are gaps, unless there are no others. */
  private static Plot tame(Plot all) {
    Plot tame =
        new Plot(all.title(), all.logarithmic(), all.curves().stream().map(History::tame).toList());
    return tame.isEmpty() ? all : tame;
  }

  private static Curve tame(Curve curve) {
    List<Sample> samples =
        curve.samples().stream()
            .map(
                sample ->
                    sample.value() > MOST_TAME
                        ? new Sample(sample.epoch(), Double.POSITIVE_INFINITY)
                        : sample)
            .toList();
    return new Curve(curve.name(), curve.ink(), curve.dash(), samples, curve.marked());
  }

  /** Speed over epochs. */
  static Plot speed(List<History> histories) {
    return new Plot(
        "speed, characters/s",
        false,
        histories.stream()
            .map(history -> history.curve("speed", EpochResult::charactersPerSecond))
            .toList());
  }

  /** The gradient's norm over epochs, before it is clipped. */
  static Plot gradientNorm(List<History> histories) {
    return tame(
        plot("gradient norm, log scale", histories, "gradient norm", EpochResult::gradientNorm));
  }

  /** The learning rate over epochs. */
  static Plot learningRate(List<History> histories) {
    return plot("learning rate, log scale", histories, "learning rate", EpochResult::learningRate);
  }

  private static Plot plot(
      String title, List<History> histories, String name, ToDoubleFunction<EpochResult> value) {
    return new Plot(
        title, true, histories.stream().map(history -> history.curve(name, value)).toList());
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

  /**
   * @param alone the curve's name where there is but one run
   */
  private Curve curve(String alone, ToDoubleFunction<EpochResult> value) {
    List<Sample> samples =
        epochs.stream()
            .map(epoch -> new Sample(epoch.epoch(), value.applyAsDouble(epoch)))
            .toList();
    return new Curve(name.isEmpty() ? alone : name, Ink.ofCurve(number), dash(), samples, Set.of());
  }

  /** When the colours begin again, the lines are dotted. */
  private Dash dash() {
    return number < Ink.curves() ? Dash.NONE : Dash.DOTTED;
  }
}
