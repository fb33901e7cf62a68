package io.github.lyricist.scratch.fast;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.scratch.kernels.Kernels;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The training step on all threads: gradients, clipping, one step of the optimizer. */
final class ScratchTrainer implements Trainer {
  private static final int CHUNK = 4096;

  private final ScratchRecurrentModel model;
  private final TrainingSpec spec;
  private final Backpropagation backpropagation;
  private final Kernels kernels;
  private final List<float[]> weights;
  private final List<float[]> gradients;
  private final Optimizer optimizer;
  private final double[] squares; // of each chunk of an array
  private final Workers.Task squareChunk = this::squareChunk;
  private final Workers.Task updateChunk = this::updateChunk;
  private final Workers.Task addChunk = this::addChunk;
  private @Nullable List<float[]> earlier; // the sum of the batches before, while one is computed
  private int accumulated; // how many gradients the sum is of
  private double crossEntropy; // of the batches among them
  // what the tasks work on
  private int array;
  private double learningRate;
  private double clipFactor;
  private boolean closed;

  ScratchTrainer(ScratchRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
    FastWeights trained = model.weights().trained();
    this.kernels = model.weights().kernels();
    this.backpropagation = new Backpropagation(model.weights(), model.newProducts());
    this.weights = trained.trained();
    this.gradients = backpropagation.gradients().trained();
    this.optimizer = Optimizer.of(spec.optimizer(), trained, kernels);
    this.squares =
        new double[weights.stream().mapToInt(ScratchTrainer::chunks).max().orElseThrow()];
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    requireOpen();
    List<float[]> sum = accumulated == 0 ? null : setAside();
    double total = backpropagation.learn(batch, dropout, (HiddenState) state, predictions);
    if (sum != null) {
      for (int i = 0; i < gradients.size(); i++) {
        forEachChunk(i, addChunk);
      }
    }
    accumulated++;
    crossEntropy += total;
    return new Evaluation(total, batch.predictions());
  }

  /** Keeps what is accumulated, so that the next gradient is computed alone. */
  private List<float[]> setAside() {
    if (earlier == null) {
      earlier = gradients.stream().map(gradient -> new float[gradient.length]).toList();
    }
    for (int i = 0; i < gradients.size(); i++) {
      System.arraycopy(gradients.get(i), 0, earlier.get(i), 0, gradients.get(i).length);
    }
    return earlier;
  }

  private void addChunk(int chunk, int worker) {
    float[] gradient = gradients.get(array);
    int offset = chunk * CHUNK;
    int count = Math.min(CHUNK, gradient.length - offset);
    float[] sum = Objects.requireNonNull(earlier).get(array);
    kernels.sum(gradient, offset, sum, offset, gradient, offset, count);
  }

  @Override
  public Parameters gradient() {
    requireOpen();
    forgetWhatIsOld();
    return backpropagation.gradients().trainedToParameters();
  }

  @Override
  public void add(Parameters gradient) {
    requireOpen();
    if (accumulated == 0) {
      backpropagation.gradients().loadTrained(gradient);
    } else {
      backpropagation.gradients().addTrained(gradient, kernels);
    }
    accumulated++;
  }

  /** The arrays still hold the gradient of the step before, until something is accumulated. */
  private void forgetWhatIsOld() {
    if (accumulated == 0) {
      gradients.forEach(gradient -> Arrays.fill(gradient, 0));
    }
  }

  @Override
  public void clear() {
    requireOpen();
    accumulated = 0;
    crossEntropy = 0;
  }

  @Override
  public double update(double learningRate) {
    requireOpen();
    forgetWhatIsOld();
    double norm = gradientNorm();
    if (Double.isFinite(norm) && Double.isFinite(crossEntropy)) {
      descend(learningRate, spec.clipFactor(norm));
    }
    clear();
    return norm;
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
    squares[chunk] = kernels.sumOfSquares(gradient, offset, count);
  }

  private void descend(double learningRate, double clipFactor) {
    this.learningRate = learningRate;
    this.clipFactor = clipFactor;
    optimizer.nextStep();
    for (int i = 0; i < weights.size(); i++) {
      forEachChunk(i, updateChunk);
    }
    model.weights().changed();
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
    model.workers().run(chunks(weights.get(array)), task);
  }

  private static int chunks(float[] array) {
    return (array.length + CHUNK - 1) / CHUNK;
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
    model.requireOpen();
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
