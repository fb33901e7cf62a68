package io.github.lyricist.nd4j;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.StepResult;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A training step: gradients, clipping, one step of the optimizer. */
final class NdTrainer implements Trainer {
  private final NdRecurrentModel model;
  private final TrainingSpec spec;
  private final NdWeights gradients;
  private final Optimizer optimizer;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray inDouble; // the gradient of all trained parameters, in double precision
  private @Nullable BackwardPass latest; // of the batch shape seen last
  private boolean closed;

  NdTrainer(NdRecurrentModel model, TrainingSpec spec) {
    this.model = model;
    this.spec = spec;
    this.gradients = new NdWeights(model.spec(), model.vocabularySize());
    this.optimizer = new Optimizer(spec.optimizer(), model.weights());
    this.inDouble = owned.doubles(gradients.trained().length());
  }

  @Override
  public StepResult step(
      Batch batch, DropoutMasks dropout, HiddenState state, double learningRate) {
    double loss = learn(batch, dropout, state) / batch.predictions();
    // In double precision: a norm or a factor that is rounded makes every element's step too long
    // or too short by the same part, and a trajectory can be more sensitive to that than to all
    // other rounding. And there no square overflows.
    inDouble.assign(gradients.trained());
    Level1 vectors = Nd4j.getBlasWrapper().level1();
    double norm = Math.sqrt(vectors.dot(inDouble.length(), 1, inDouble, inDouble));
    StepResult result = new StepResult(loss, norm);
    if (result.isFinite()) {
      clip(spec.clipFactor(norm), spec.clipValue());
      optimizer.step(gradients.trained(), inDouble, learningRate);
    }
    return result;
  }

  /** Multiplies the gradient by the factor, then holds each element within the limit. */
  private void clip(double factor, @Nullable Double most) {
    if (factor != 1) {
      inDouble.muli(factor);
    }
    if (most != null) {
      Transforms.max(Transforms.min(inDouble, most, false), -most, false);
    }
    gradients.trained().assign(inDouble);
  }

  @Override
  public Parameters gradients(Batch batch, DropoutMasks dropout, HiddenState state) {
    learn(batch, dropout, state.copy());
    return gradients.toParameters(model.spec()::isTrained);
  }

  /** Total cross-entropy of a batch; leaves the gradient of its mean, and the state goes on. */
  private double learn(Batch batch, DropoutMasks dropout, HiddenState state) {
    requireOpen();
    Network network = model.forward(batch.inputs(), dropout, state);
    double total = network.crossEntropy(batch.targets());
    network.backward(batch.inputs(), batch.targets(), backwardPass(network.shape()), gradients);
    return total;
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

  private BackwardPass backwardPass(BatchShape shape) {
    BackwardPass backward = latest;
    if (backward == null || !backward.isFor(shape)) {
      free();
      backward = new BackwardPass(model.spec(), model.vocabularySize(), shape);
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
    optimizer.close();
    owned.close();
  }
}
