package io.github.lyricist.comparison;

import io.github.lyricist.comparison.Judgement.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Engines that trained from one start, held against each other and against what rounding alone does
 * on the same config. Where too few epochs can be judged, the steps of the first epoch are.
 */
public final class Comparison {
  /** How many twins every comparison has. */
  public static final int TWINS = 2;

  /** How many it has before it calls engines apart. */
  public static final int MOST_TWINS = 8;

  private final List<Trajectory> engines;
  private final Judgement epochs;
  private final Judgement steps;

  /** Whether the engines compute the same. */
  public enum Verdict {
    /** They stayed as close as rounding explains. */
    AGREE,
    /** They did not. */
    APART,
    /** The training is chaotic from its first steps on: nothing can be said. */
    UNDECIDED
  }

  /**
   * @param engines at least one
   * @param twins of the first engine's run, from initial parameters moved by one unit in the last
   *     place
   */
  public Comparison(List<Trajectory> engines, List<Trajectory> twins) {
    this.engines = List.copyOf(engines);
    this.epochs = new Judgement(all(engines, Trajectory::losses), all(twins, Trajectory::losses));
    this.steps = new Judgement(all(engines, Trajectory::steps), all(twins, Trajectory::steps));
  }

  /**
   * Judges by two twins, and where these call the engines apart, by as many more as it takes until
   * they no longer do, up to eight. Chance may move two twins along what the training is hardly
   * sensitive to; it hardly moves eight so.
   *
   * @param engines at least one
   * @param twin trains a twin of the first engine's run, given its number from 1
   */
  public static Comparison byTwins(List<Trajectory> engines, IntFunction<Trajectory> twin) {
    List<Trajectory> twins = new ArrayList<>();
    Comparison comparison;
    do {
      twins.add(twin.apply(twins.size() + 1));
      comparison = new Comparison(engines, twins);
    } while (twins.size() < TWINS
        || (comparison.verdict() == Verdict.APART && twins.size() < MOST_TWINS));
    return comparison;
  }

  private static List<Losses> all(
      List<Trajectory> runs, Function<Trajectory, List<Double>> losses) {
    return runs.stream().map(run -> new Losses(run.name(), losses.apply(run))).toList();
  }

  public List<Trajectory> engines() {
    return engines;
  }

  /** How many epochs the engine that came furthest trained. */
  public int epochCount() {
    return engines.stream().mapToInt(engine -> engine.epochs().size()).max().orElseThrow();
  }

  /** The engines at the end of each epoch. */
  public Judgement epochs() {
    return epochs;
  }

  /** Whether the epochs decide, or else the steps of the first. */
  public boolean isByEpochs() {
    return epochs.isPossible();
  }

  /** What decides: the epochs, or the steps of the first. */
  public Judgement deciding() {
    return isByEpochs() ? epochs : steps;
  }

  public Verdict verdict() {
    if (!deciding().isPossible()) {
      return Verdict.UNDECIDED;
    }
    return deciding().agrees() ? Verdict.AGREE : Verdict.APART;
  }

  /**
   * How many times as long as on the fastest engine an epoch takes; not a number where fewer than
   * three were trained, which tell more of the warm-up than of the engine.
   */
  public double timesTheFastest(Trajectory engine) {
    double fastest =
        engines.stream()
            .filter(Trajectory::isTimed)
            .mapToDouble(Trajectory::secondsPerEpoch)
            .min()
            .orElse(Double.NaN);
    return engine.isTimed() ? engine.secondsPerEpoch() / fastest : Double.NaN;
  }
}
