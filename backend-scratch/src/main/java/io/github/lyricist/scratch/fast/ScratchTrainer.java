package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;

/** The training step on all threads: gradients, clipping, one step of the optimizer. */
final class ScratchTrainer implements Trainer {
  private static final int CHUNK = 4096;

  private final FastNetwork network;
  private final TrainingSpec spec;
  private final List<float[]> weights;
  private final List<float[]> gradients;
  private final Optimizer optimizer;
  private final double[] squares; // of each chunk of an array
  private final Workers.Task squareChunk = this::squareChunk;
  private final Workers.Task updateChunk = this::updateChunk;
  // what the tasks work on
  private int array;
  private double learningRate;
  private double clipFactor;
  private boolean closed;

  ScratchTrainer(FastNetwork network, TrainingSpec spec) {
    this.network = network;
    this.spec = spec;
    this.weights = network.weights().trained();
    this.gradients = network.gradients().trained();
    this.optimizer = Optimizer.of(spec.optimizer(), network.weights(), network.kernels());
    this.squares =
        new double[weights.stream().mapToInt(ScratchTrainer::chunks).max().orElseThrow()];
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
    double sum = 0;
    for (int i = 0; i < gradients.size(); i++) {
      forEachChunk(i, squareChunk);
      for (int chunk = 0; chunk < chunks(gradients.get(i)); chunk++) {
        sum += squares[chunk];
      }
    }
    return Math.sqrt(sum);
  }

  private void squareChunk(int chunk, int worker) {
    float[] gradient = gradients.get(array);
    int offset = chunk * CHUNK;
    int count = Math.min(CHUNK, gradient.length - offset);
    squares[chunk] = network.kernels().sumOfSquares(gradient, offset, count);
  }

  private void update(double learningRate, double clipFactor) {
    this.learningRate = learningRate;
    this.clipFactor = clipFactor;
    optimizer.nextStep();
    for (int i = 0; i < weights.size(); i++) {
      forEachChunk(i, updateChunk);
    }
    network.weightsChanged();
  }

  private void updateChunk(int chunk, int worker) {
    float[] w = weights.get(array);
    float[] g = gradients.get(array);
    int offset = chunk * CHUNK;
    int count = Math.min(CHUNK, w.length - offset);
    Double clipValue = spec.clipValue();
    double factor = clipFactor;
    if (clipValue != null) {
      clip(g, (float) clipFactor, clipValue.floatValue(), offset, count);
      factor = 1;
    }
    optimizer.step(array, w, g, factor, learningRate, offset, count);
  }

  /** {@code g ← clamp(factor · g, ±most)}. */
  private static void clip(float[] g, float factor, float most, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      g[i] = Math.max(-most, Math.min(most, factor * g[i]));
    }
  }

  private void forEachChunk(int array, Workers.Task task) {
    this.array = array;
    network.workers().run(chunks(weights.get(array)), task);
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
