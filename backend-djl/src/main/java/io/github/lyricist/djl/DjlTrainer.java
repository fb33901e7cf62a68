package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** The training step: autograd's gradients, clipping, one step of the optimizer. */
final class DjlTrainer implements Trainer {
  private final DjlRecurrentModel model;
  private final TrainingSpec spec;
  private final Optimizer optimizer;
  private boolean closed;

  DjlTrainer(DjlRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
    this.optimizer = new Optimizer(spec.optimizer(), model.weights(), model.newScope());
  }

  @Override
  public StepResult step(
      Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            double loss = learn(batch, dropout, state, step) / batch.predictions();
            return descend(loss, learningRate, step);
          });
    }
  }

  private StepResult descend(double loss, double learningRate, NDManager step) {
    DjlWeights weights = model.weights();
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    double sumOfSquares = 0;
    for (String name : weights.trained()) {
      NDArray gradient = weights.gradient(name, step);
      gradients.put(name, gradient);
      sumOfSquares += DoublePrecision.sumOfSquares(gradient);
    }
    StepResult result = new StepResult(loss, Math.sqrt(sumOfSquares));
    if (result.isFinite()) {
      double factor = spec.clipFactor(result.gradientNorm());
      optimizer.nextStep();
      gradients.forEach(
          (name, gradient) -> {
            try (NDArray clipped = clip(gradient, factor)) {
              optimizer.step(name, weights.get(name), clipped, learningRate);
            }
          });
    }
    return result;
  }

  /** Clipping by the norm of the whole gradient, then by value. */
  private NDArray clip(NDArray gradient, double factor) {
    NDArray scaled = factor == 1 ? gradient : DoublePrecision.product(gradient, factor);
    Double most = spec.clipValue();
    return most == null ? scaled : scaled.clip(-most, most);
  }

  @Override
  public Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            learn(batch, dropout, state.copy(), step);
            return model.weights().gradientsToParameters(step);
          });
    }
  }

  @Override
  public OptimizerState optimizerState() {
    requireOpen();
    return DjlBackend.onPyTorch(optimizer::state);
  }

  @Override
  public void restore(OptimizerState state) {
    requireOpen();
    DjlBackend.onPyTorch(
        () -> {
          optimizer.restore(state);
          return state;
        });
  }

  private NDManager newStep() {
    requireOpen();
    return model.newScope();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  private double learn(Batch batch, DropoutMasks dropout, HiddenState state, NDManager step) {
    model.weights().clearGradients();
    try (GradientCollector collector = step.getEngine().newGradientCollector()) {
      NDArray logProbabilities = model.logProbabilities(batch, dropout, state, step);
      collector.backward(logProbabilities.mean().neg());
      return DjlRecurrentModel.crossEntropy(logProbabilities);
    }
  }

  @Override
  public void close() {
    closed = true;
    optimizer.close();
  }
}
