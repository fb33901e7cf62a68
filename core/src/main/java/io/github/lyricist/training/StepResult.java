package io.github.lyricist.training;

/**
 * What one training step measured.
 *
 * @param loss mean cross-entropy over the predictions of its batches, in nats, before the update
 * @param gradientNorm Euclidean norm of the gradient over all trained parameters, before clipping
 */
public record StepResult(double loss, double gradientNorm) {
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
