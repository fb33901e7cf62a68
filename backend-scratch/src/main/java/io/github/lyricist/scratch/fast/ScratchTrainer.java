package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Arrays;
import java.util.List;

/** The training step on all threads: gradients, clipping, one step of the optimizer. */
final class ScratchTrainer implements Trainer {
  private static final int CHUNK = 4096;

  private final FastNetwork network;
  private final TrainingSpec spec;
  private final List<float[]> weights;
  private final List<float[]> gradients;
  private final Optimizer optimizer;
  private boolean closed;

  ScratchTrainer(FastNetwork network, TrainingSpec spec) {
    this.network = network;
    this.spec = spec;
    this.weights = network.weights().trained();
    this.gradients = network.gradients().trained();
    this.optimizer = Optimizer.of(spec.optimizer(), network.weights(), network.kernels());
  }

  @Override
  public StepResult step(
      Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
    requireOpen();
    double loss = network.learn(batch, dropout, state) / batch.predictions();
    StepResult result = new StepResult(loss, gradientNorm());
    if (result.isFinite()) {
      update(learningRate, spec.clipFactor(result.gradientNorm()));
    }
    return result;
  }

  /** ‖g‖₂ over all trained parameters. Chunks have the same bounds for any number of threads. */
  private double gradientNorm() {
    double sumOfSquares = 0;
    for (float[] gradient : gradients) {
      double[] sums = new double[chunks(gradient)];
      forEachChunk(
          gradient,
          (chunk, offset, count) ->
              sums[chunk] = network.kernels().sumOfSquares(gradient, offset, count));
      sumOfSquares += Arrays.stream(sums).sum();
    }
    return Math.sqrt(sumOfSquares);
  }

  private void update(double learningRate, double clipFactor) {
    optimizer.nextStep();
    Double clipValue = spec.clipValue();
    for (int number = 0; number < weights.size(); number++) {
      int array = number;
      float[] w = weights.get(array);
      float[] g = gradients.get(array);
      forEachChunk(
          w,
          (chunk, offset, count) -> {
            double factor = clipFactor;
            if (clipValue != null) {
              clip(g, (float) clipFactor, clipValue.floatValue(), offset, count);
              factor = 1;
            }
            optimizer.step(array, w, g, factor, learningRate, offset, count);
          });
    }
    network.weightsChanged();
  }

  /** {@code g ← clamp(factor · g, ±most)}. */
  private static void clip(float[] g, float factor, float most, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      g[i] = Math.max(-most, Math.min(most, factor * g[i]));
    }
  }

  /** Work on a part of an array. */
  @FunctionalInterface
  private interface ChunkTask {
    void run(int chunk, int offset, int count);
  }

  private void forEachChunk(float[] array, ChunkTask task) {
    network
        .workers()
        .run(
            chunks(array),
            (chunk, worker) ->
                task.run(chunk, chunk * CHUNK, Math.min(CHUNK, array.length - chunk * CHUNK)));
  }

  private static int chunks(float[] array) {
    return (array.length + CHUNK - 1) / CHUNK;
  }

  @Override
  public Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state) {
    requireOpen();
    network.learn(batch, dropout, state.copy());
    return network.gradients().trainedToParameters();
  }

  @Override
  public OptimizerState optimizerState() {
    requireOpen();
    return optimizer.state();
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    optimizer.restore(state);
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
