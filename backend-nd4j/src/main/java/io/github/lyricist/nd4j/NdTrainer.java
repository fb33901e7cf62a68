package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Stochastic gradient descent with clipping by global norm. */
final class NdTrainer implements Trainer {
  private final NdRecurrentModel model;
  private final TrainingSpec spec;
  private final NdWeights gradients;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray step; // all trained parameters', in double precision
  private @Nullable BackwardPass latest; // of the batch shape seen last
  private boolean closed;

  NdTrainer(NdRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
    this.gradients = new NdWeights(model.spec(), model.vocabularySize());
    this.step = owned.doubles(gradients.trained().length());
  }

  @Override
  public StepResult step(Batch batch, HiddenState state, double learningRate) {
    double loss = learn(batch, state) / batch.predictions();
    // In double precision: a norm or a factor that is rounded makes every element's step too long
    // or too short by the same part, and a trajectory can be more sensitive to that than to all
    // other rounding.
    INDArray gradient = gradients.trained();
    step.assign(gradient);
    Level1 vectors = Nd4j.getBlasWrapper().level1();
    StepResult result = new StepResult(loss, vectors.nrm2(step));
    if (result.isFinite()) {
      // w ← w − lr · clip · g
      gradient.assign(step.muli(-learningRate * spec.clipFactor(result.gradientNorm())));
      vectors.axpy(gradient.length(), 1, gradient, model.weights().trained());
    }
    return result;
  }

  @Override
  public Parameters gradients(Batch batch, HiddenState state) {
    learn(batch, state.copy());
    return gradients.toParameters(model.spec()::isTrained);
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  private double learn(Batch batch, HiddenState state) {
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
    Activations activations = model.forward(batch.inputs(), state);
    BackwardPass backward = backwardPass(activations);
    double total = model.output().crossEntropy(batch.targets(), activations);
    model.output().backward(batch.targets(), activations, backward, gradients);
    model.sequence().backward(batch.inputs(), activations, backward, gradients);
    return total;
  }

  private BackwardPass backwardPass(Activations activations) {
    BackwardPass backward = latest;
    if (backward == null || !backward.isFor(activations)) {
      free();
      backward = new BackwardPass(activations, model.spec().hidden());
      latest = backward;
    }
    return backward;
  }

  private void free() {
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    free();
    gradients.close();
    owned.close();
  }
}
