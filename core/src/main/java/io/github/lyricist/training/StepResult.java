package io.github.lyricist.training;

/**
 * What one training step measured.
 *
 * @param loss mean cross-entropy over the batch's T*B predictions, in nats, before the update
 * @param gradientNorm Euclidean norm of the gradient over all trained parameters, before clipping
 */
public record StepResult(double loss, double gradientNorm) {
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
