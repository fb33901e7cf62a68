package io.github.lyricist.comparison;

/**
 * How far apart two runs are at some point.
 *
 * @param at the epoch, or the step of the first epoch, from 1
 * @param first one engine's name
 * @param second the other's
 * @param relative by what fraction their perplexities differ
 * @param allowed what rounding alone explains there
 */
public record Deviation(int at, String first, String second, double relative, double allowed) {
  /**
   * The relative difference of two perplexities {@code exp(loss)}, computed from the losses, so
   * that it is exact and no perplexity overflows. A loss that is not finite is one of a run that
   * has diverged: two such runs do the same, and one alone is infinitely far from the other.
   */
  static double ofLosses(double loss1, double loss2) {
    if (Double.isFinite(loss1) && Double.isFinite(loss2)) {
      return Math.abs(Math.expm1(loss1 - loss2));
    }
    return Double.isFinite(loss1) == Double.isFinite(loss2) ? 0 : Double.POSITIVE_INFINITY;
  }

  /** How much of what is allowed it takes; above 1 it is too much. */
  double share() {
    return relative / allowed;
  }
}
