package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stochastic gradient descent with clipping by global norm; the gradients are autograd's. */
final class DjlTrainer implements Trainer {
  private final DjlRecurrentModel model;
  private final TrainingSpec spec;
  private boolean closed;

  DjlTrainer(DjlRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
  }

  @Override
  public StepResult step(Batch batch, HiddenState state, double learningRate) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            double loss = learn(batch, state, step) / batch.predictions();
            return descend(loss, learningRate, step);
          });
    }
  }

  /**
   * {@code w ← w − lr · clip · g}, in double precision: a norm or a factor that is rounded makes
   * every element's step too long or too short by the same part, and a trajectory can be more
   * sensitive to that than to all other rounding.
   */
  private StepResult descend(double loss, double learningRate, NDManager step) {
    DjlWeights weights = model.weights();
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    double sumOfSquares = 0;
    for (String name : weights.trained()) {
      NDArray gradient = weights.gradient(name, step).toType(DataType.FLOAT64, false);
      gradients.put(name, gradient);
      sumOfSquares += gradient.square().sum().getDouble();
    }
    StepResult result = new StepResult(loss, Math.sqrt(sumOfSquares));
    if (result.isFinite()) {
      double factor = learningRate * spec.clipFactor(result.gradientNorm());
      gradients.forEach(
          (name, gradient) ->
              weights.get(name).subi(gradient.muli(factor).toType(DataType.FLOAT32, false)));
    }
    return result;
  }

  @Override
  public Parameters gradients(Batch batch, HiddenState state) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            learn(batch, state.copy(), step);
            return model.weights().gradientsToParameters(step);
          });
    }
  }

  private NDManager newStep() {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
    return model.newStep();
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  private double learn(Batch batch, HiddenState state, NDManager step) {
    model.weights().clearGradients();
    try (GradientCollector collector = step.getEngine().newGradientCollector()) {
      NDArray logProbabilities = model.logProbabilities(batch, state, step);
      collector.backward(logProbabilities.mean().neg());
      return DjlRecurrentModel.crossEntropy(logProbabilities);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
