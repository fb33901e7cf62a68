package io.github.lyricist.comparison;

/**
 * How far apart two engines are after an epoch.
 *
 * @param epoch from 1
 * @param first one engine's name
 * @param second the other's
 * @param relative by what fraction their perplexities differ
 */
public record Deviation(int epoch, String first, String second, double relative) {

  /**
   * The relative difference of two perplexities {@code exp(loss)}, computed from the losses, so
   * that it is exact and no perplexity overflows.
   */
  static double ofLosses(double loss1, double loss2) {
    return Math.abs(Math.expm1(loss1 - loss2));
  }
}
