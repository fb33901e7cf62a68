package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Arrays;
import java.util.List;

/** Stochastic gradient descent with clipping by global norm, on all threads. */
final class ScratchTrainer implements Trainer {
  private static final int CHUNK = 4096;

  private final FastNetwork network;
  private final TrainingSpec spec;
  private boolean closed;

  ScratchTrainer(FastNetwork network, TrainingSpec spec) {
    this.network = network;
    this.spec = spec;
  }

  @Override
  public StepResult step(Batch batch, HiddenState state, double learningRate) {
    requireOpen();
    double loss = network.learn(batch, state) / batch.predictions();
    StepResult result = new StepResult(loss, gradientNorm());
    if (result.isFinite()) {
      descend(-learningRate * spec.clipFactor(result.gradientNorm()));
    }
    return result;
  }

  /** ‖g‖₂ over all trained parameters. Chunks have the same bounds for any number of threads. */
  private double gradientNorm() {
    double sumOfSquares = 0;
    for (float[] gradient : network.gradients().trained()) {
      double[] sums = new double[chunks(gradient)];
      network
          .workers()
          .run(
              sums.length,
              (chunk, worker) ->
                  sums[chunk] =
                      network
                          .kernels()
                          .sumOfSquares(gradient, chunk * CHUNK, length(gradient, chunk)));
      sumOfSquares += Arrays.stream(sums).sum();
    }
    return Math.sqrt(sumOfSquares);
  }

  /** {@code w ← w + factor · g}. */
  private void descend(double factor) {
    List<float[]> weights = network.weights().trained();
    List<float[]> gradients = network.gradients().trained();
    for (int i = 0; i < weights.size(); i++) {
      float[] weight = weights.get(i);
      float[] gradient = gradients.get(i);
      network
          .workers()
          .run(
              chunks(weight),
              (chunk, worker) ->
                  network
                      .kernels()
                      .addScaled(weight, gradient, factor, chunk * CHUNK, length(weight, chunk)));
    }
    network.weightsChanged();
  }

  private static int chunks(float[] array) {
    return (array.length + CHUNK - 1) / CHUNK;
  }

  private static int length(float[] array, int chunk) {
    return Math.min(CHUNK, array.length - chunk * CHUNK);
  }

  @Override
  public Parameters gradients(Batch batch, HiddenState state) {
    requireOpen();
    network.learn(batch, state.copy());
    return network.gradients().trainedToParameters();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
