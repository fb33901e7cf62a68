package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;

/** Stochastic gradient descent with clipping by global norm, in plain loops. */
final class ReferenceTrainer implements Trainer {
  private final ReferenceRecurrentModel model;
  private final TrainingSpec spec;
  private final Precision precision;
  private boolean closed;

  ReferenceTrainer(ReferenceRecurrentModel model, TrainingSpec spec, Precision precision) {
    this.model = model;
    this.spec = spec;
    this.precision = precision;
  }

  @Override
  public StepResult step(Batch batch, HiddenState state, double learningRate) {
    requireOpen();
    ReferenceNetwork network = model.network();
    double[][] hidden = ReferenceRecurrentModel.read(state, model.spec().hidden());
    double loss = network.learn(batch, hidden) / batch.predictions();
    ReferenceRecurrentModel.write(hidden, state);
    StepResult result = new StepResult(loss, gradientNorm(network));
    if (result.isFinite()) {
      descend(network, learningRate, spec.clipFactor(result.gradientNorm()));
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

  /** {@code w ← w − lr · clip · g}. */
  private void descend(ReferenceNetwork network, double learningRate, double clipFactor) {
    for (String name : network.weights().names()) {
      if (network.spec().isTrained(name)) {
        double[] weight = network.weights().get(name);
        double[] gradient = network.gradients().get(name);
        for (int i = 0; i < weight.length; i++) {
          weight[i] = precision.round(weight[i] - learningRate * clipFactor * gradient[i]);
        }
      }
    }
  }

  @Override
  public Parameters gradients(Batch batch, HiddenState state) {
    requireOpen();
    ReferenceNetwork network = model.network();
    network.learn(batch, ReferenceRecurrentModel.read(state, model.spec().hidden()));
    return network.trainedGradients();
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
