package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;

/** The training step in plain loops: gradients, clipping, one step of the optimizer. */
final class ReferenceTrainer implements Trainer {
  private final ReferenceRecurrentModel model;
  private final TrainingSpec spec;
  private final Optimizer optimizer;
  private boolean closed;

  ReferenceTrainer(ReferenceRecurrentModel model, TrainingSpec spec, Precision precision) {
    this.model = model;
    this.spec = spec;
    this.optimizer =
        new Optimizer(spec.optimizer(), model.spec(), model.vocabularySize(), precision);
  }

  @Override
  public StepResult step(
      Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
    requireOpen();
    ReferenceNetwork network = model.network();
    NetworkState sequences = NetworkState.of(model.spec(), state);
    double loss = network.learn(batch, dropout, sequences) / batch.predictions();
    sequences.writeTo(model.spec(), state);
    StepResult result = new StepResult(loss, gradientNorm(network));
    if (result.isFinite()) {
      update(network, learningRate, spec.clipFactor(result.gradientNorm()));
    }
    return result;
  }

  private static double gradientNorm(ReferenceNetwork network) {
    double sumOfSquares = 0;
    for (String name : network.gradients().names()) {
      if (network.spec().isTrained(name)) {
        for (double gradient : network.gradients().get(name)) {
          sumOfSquares += gradient * gradient;
        }
      }
    }
    return Math.sqrt(sumOfSquares);
  }

  private void update(ReferenceNetwork network, double learningRate, double clipFactor) {
    optimizer.nextStep();
    for (String name : network.weights().names()) {
      if (network.spec().isTrained(name)) {
        double[] gradient = network.gradients().get(name);
        clip(gradient, clipFactor);
        optimizer.step(name, network.weights().get(name), gradient, learningRate);
      }
    }
  }

  private void clip(double[] gradient, double clipFactor) {
    double most = spec.clipValue() == null ? Double.POSITIVE_INFINITY : spec.clipValue();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = Math.max(-most, Math.min(most, clipFactor * gradient[i]));
    }
  }

  @Override
  public Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state) {
    requireOpen();
    ReferenceNetwork network = model.network();
    network.learn(batch, dropout, NetworkState.of(model.spec(), state));
    return network.trainedGradients();
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
