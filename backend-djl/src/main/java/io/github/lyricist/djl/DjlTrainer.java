package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The training step: autograd's gradients, clipping, one step of the optimizer. */
final class DjlTrainer implements Trainer {
  private final DjlRecurrentModel model;
  private final TrainingSpec spec;
  private final Optimizer optimizer;
  private final Workspace workspace;
  private final NDManager manager; // owns the sum
  private boolean isInWeights; // whether the gradient of one batch, in the weights, is all there is
  private @Nullable Map<String, NDArray> sum; // of several gradients, or of ones from elsewhere
  private double crossEntropy; // of the batches that are accumulated
  private boolean closed;

  DjlTrainer(DjlRecurrentModel model, TrainingSpec spec) {
    model.requireTraining();
    this.model = model;
    this.spec = spec;
    this.optimizer = new Optimizer(spec.optimizer(), model.weights(), model.newScope());
    this.workspace = new Workspace(model);
    this.manager = model.newScope();
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            moveOutOfTheWeights(step);
            double total = learn(batch, dropout, (DjlState) state, predictions, step);
            if (sum == null) {
              isInWeights = true;
            } else {
              sum.forEach((name, array) -> array.addi(model.weights().gradient(name, step)));
            }
            crossEntropy += total;
            return new Evaluation(total, batch.predictions());
          });
    }
  }

  /** Total cross-entropy of a batch; leaves its gradient in the weights, and the state advances. */
  private double learn(
      Batch batch, DropoutMasks dropout, DjlState state, long predictions, NDManager step) {
    model.weights().clearGradients();
    try (GradientCollector collector = step.getEngine().newGradientCollector()) {
      NDArray logProbabilities = workspace.logProbabilities(batch, dropout, state, true, step);
      NDArray loss =
          predictions == batch.predictions()
              ? logProbabilities.mean().neg()
              : logProbabilities.sum().neg().div(predictions);
      collector.backward(loss);
      return Workspace.crossEntropy(logProbabilities);
    }
  }

  /** Keeps the gradient that is in the weights, so that the next one is computed alone. */
  private void moveOutOfTheWeights(NDManager step) {
    if (isInWeights) {
      Map<String, NDArray> copies = new LinkedHashMap<>();
      gradients(step).forEach((name, gradient) -> copies.put(name, kept(gradient.duplicate())));
      sum = copies;
      isInWeights = false;
    }
  }

  private NDArray kept(NDArray array) {
    array.attach(manager);
    return array;
  }

  /** What is accumulated, by the names of the trained parameters; not a copy. */
  private Map<String, NDArray> gradients(NDManager step) {
    if (sum != null) {
      return sum;
    }
    DjlWeights weights = model.weights();
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    for (String name : weights.trained()) {
      gradients.put(
          name,
          isInWeights ? weights.gradient(name, step) : step.zeros(weights.get(name).getShape()));
    }
    return gradients;
  }

  @Override
  public Parameters gradient() {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(() -> model.weights().toParameters(gradients(step)));
    }
  }

  @Override
  public void add(Parameters gradient) {
    try (NDManager step = newStep()) {
      DjlBackend.onPyTorch(
          () -> {
            moveOutOfTheWeights(step);
            DjlWeights weights = model.weights();
            Map<String, NDArray> others = new LinkedHashMap<>();
            for (String name : weights.trained()) {
              others.put(name, weights.array(name, gradient.get(name), step));
            }
            if (sum == null) {
              others.values().forEach(this::kept);
              sum = others;
            } else {
              sum.forEach((name, array) -> array.addi(others.get(name)));
            }
            return gradient;
          });
    }
  }

  @Override
  public void clear() {
    requireOpen();
    if (sum != null) {
      sum.values().forEach(NDArray::close);
      sum = null;
    }
    isInWeights = false;
    crossEntropy = 0;
  }

  @Override
  public double update(double learningRate) {
    try (NDManager step = newStep()) {
      double norm = DjlBackend.onPyTorch(() -> descend(learningRate, step));
      clear();
      return norm;
    }
  }

  private double descend(double learningRate, NDManager step) {
    DjlWeights weights = model.weights();
    Map<String, NDArray> gradients = gradients(step);
    double sumOfSquares = 0;
    for (NDArray gradient : gradients.values()) {
      sumOfSquares += DoublePrecision.sumOfSquares(gradient);
    }
    double norm = Math.sqrt(sumOfSquares);
    if (Double.isFinite(norm) && Double.isFinite(crossEntropy)) {
      double factor = spec.clipFactor(norm);
      optimizer.nextStep();
      gradients.forEach(
          (name, gradient) -> {
            try (NDArray clipped = clip(gradient, factor)) {
              optimizer.step(name, weights.get(name), clipped, learningRate);
            }
          });
    }
    return norm;
  }

  /** Clipping by the norm of the whole gradient, then by value. */
  private NDArray clip(NDArray gradient, double factor) {
    NDArray scaled = factor == 1 ? gradient : DoublePrecision.product(gradient, factor);
    Double most = spec.clipValue();
    return most == null ? scaled : scaled.clip(-most, most);
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

  @Override
  public void close() {
    closed = true;
    optimizer.close();
    manager.close();
  }
}
