package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.Map;

/**
 * The training step: autograd's gradients, which it adds up in the weights, clipping, one step of
 * the optimizer.
 */
final class DjlTrainer implements Trainer {
  private final DjlRecurrentModel model;
  private final TrainingSpec spec;
  private final DjlWeights weights;
  private final Workspace workspace;
  private final Optimizer optimizer;
  private boolean finite = true; // whether the cross-entropies are whose gradients are accumulated
  private boolean closed;

  DjlTrainer(DjlRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
    this.weights = model.trainedWeights();
    this.workspace = new Workspace(new Network(weights));
    this.optimizer = new Optimizer(spec.optimizer(), weights, model.newScope());
    weights.clearGradients(); // of a trainer before
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    DjlState own = (DjlState) state;
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            NDArray logProbabilities =
                Autograd.recording(
                    () -> workspace.logProbabilities(batch, dropout, own, true, step));
            float weight = (float) (-1.0 / predictions); // of each in the loss
            Autograd.backward(logProbabilities, step.full(logProbabilities.getShape(), weight));
            double total = Workspace.crossEntropy(logProbabilities);
            finite &= Double.isFinite(total);
            return new Evaluation(total, batch.predictions());
          });
    }
  }

  @Override
  public Parameters gradient() {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(() -> weights.toParameters(weights.gradients(step)));
    }
  }

  @Override
  public void add(Parameters gradient) {
    requireOpen();
    DjlBackend.doOnPyTorch(() -> weights.addGradients(gradient));
  }

  @Override
  public void clear() {
    requireOpen();
    weights.clearGradients();
    finite = true;
  }

  @Override
  public double update(double learningRate) {
    try (NDManager step = newStep()) {
      return DjlBackend.onPyTorch(
          () -> {
            Map<String, NDArray> gradients = weights.gradients(step);
            double norm = norm(gradients);
            if (finite && Double.isFinite(norm)) {
              descend(gradients, spec.clipFactor(norm), learningRate);
            }
            clear();
            return norm;
          });
    }
  }

  private static double norm(Map<String, NDArray> gradients) {
    double sumOfSquares = 0;
    for (NDArray gradient : gradients.values()) {
      sumOfSquares += DoublePrecision.sumOfSquares(gradient);
    }
    return Math.sqrt(sumOfSquares);
  }

  private void descend(Map<String, NDArray> gradients, double factor, double learningRate) {
    optimizer.nextStep();
    gradients.forEach(
        (name, gradient) -> {
          try (NDArray clipped = clip(gradient, factor)) {
            optimizer.step(name, weights.get(name), clipped, learningRate);
          }
        });
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
    DjlBackend.doOnPyTorch(() -> optimizer.restore(state));
  }

  private NDManager newStep() {
    requireOpen();
    return model.newScope();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
    model.requireOpen();
  }

  @Override
  public void close() {
    closed = true;
    optimizer.close();
  }
}
