package io.github.lyricist.scratch.reference;

import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** The training step in plain loops: gradients, clipping, one step of the optimizer. */
final class ReferenceTrainer implements Trainer {
  private final ReferenceRecurrentModel model;
  private final TrainingSpec spec;
  private final Optimizer optimizer;
  private final Weights sum; // of the gradients accumulated; zero where there are none
  private @Nullable Weights another; // the gradient of a second or later batch, before it is added
  private boolean isEmpty = true; // whether nothing is accumulated
  private double crossEntropy; // of all batches accumulated
  private boolean closed;

  /**
   * @throws IllegalStateException if the model was made for reading and writing alone
   */
  ReferenceTrainer(ReferenceRecurrentModel model, TrainingSpec spec) {
    if (model.use() != Use.TRAINING) {
      throw new IllegalStateException("the model was not made for training");
    }
    ReferenceNetwork network = model.network();
    this.model = model;
    this.spec = spec;
    this.optimizer = new Optimizer(spec.optimizer(), network.weights(), network.precision());
    this.sum = network.weights().zeros();
  }

  private ReferenceNetwork network() {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
    return model.network();
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    ReferenceNetwork network = network();
    HiddenState hidden = (HiddenState) state;
    NetworkState sequences = NetworkState.of(network.spec(), hidden);
    Weights gradient = isEmpty ? sum : another();
    double total = network.learn(batch, dropout, sequences, predictions, gradient);
    if (!isEmpty) {
      sum.add(gradient, network.precision());
    }
    isEmpty = false;
    crossEntropy += total;
    sequences.writeTo(hidden);
    return new Evaluation(total, batch.predictions());
  }

  private Weights another() {
    if (another == null) {
      another = sum.zeros();
    }
    return another;
  }

  @Override
  public Parameters gradient() {
    network();
    return sum.trainedParameters();
  }

  @Override
  public void add(Parameters gradient) {
    sum.add(gradient, network().precision());
    isEmpty = false;
  }

  @Override
  public void clear() {
    network();
    sum.clear();
    isEmpty = true;
    crossEntropy = 0;
  }

  @Override
  public double update(double learningRate) {
    network();
    double norm = norm();
    if (Double.isFinite(norm) && Double.isFinite(crossEntropy)) {
      clip(spec.clipFactor(norm));
      optimizer.step(sum, learningRate);
    }
    clear();
    return norm;
  }

  /** ‖g‖₂ over all trained parameters. */
  private double norm() {
    double sumOfSquares = 0;
    for (String name : sum.trained()) {
      for (double g : sum.get(name)) {
        sumOfSquares += g * g;
      }
    }
    return Math.sqrt(sumOfSquares);
  }

  /** {@code g ← clamp(factor · g, ±clipValue)}. */
  private void clip(double factor) {
    double most = spec.clipValue() == null ? Double.POSITIVE_INFINITY : spec.clipValue();
    for (String name : sum.trained()) {
      double[] g = sum.get(name);
      Precision.DOUBLE.set(g, i -> Math.max(-most, Math.min(most, factor * g[i])));
    }
  }

  @Override
  public OptimizerState optimizerState() {
    network();
    return optimizer.state();
  }

  @Override
  public void restore(OptimizerState state) {
    network();
    optimizer.restore(state);
  }

  @Override
  public void close() {
    closed = true;
  }
}
