package io.github.lyricist.nd4j;

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
  private final Workspace workspace;
  private @Nullable BackwardPass latest; // of the batch shape seen last
  private @Nullable NdWeights
      others; // gradients that are added: of earlier batches, or from elsewhere
  private int accumulated; // how many gradients the sum is of
  private double crossEntropy; // of the batches among them
  private boolean closed;

  NdTrainer(NdRecurrentModel model, TrainingSpec spec) {
    model.requireTraining();
    this.model = model;
    this.spec = spec;
    this.workspace = new Workspace(model);
    this.gradients = new NdWeights(model.spec(), model.vocabularySize());
    this.optimizer = new Optimizer(spec.optimizer(), model.weights());
    this.inDouble = owned.doubles(gradients.trained().length());
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    requireOpen();
    if (accumulated > 0) {
      others().trained().assign(gradients.trained());
    }
    double total = learn(batch, dropout, (HiddenState) state, predictions);
    if (accumulated > 0) {
      gradients.trained().addi(others().trained());
    }
    accumulated++;
    crossEntropy += total;
    return new Evaluation(total, batch.predictions());
  }

  /** Total cross-entropy of a batch; leaves the gradient of it alone, and the state advances. */
  private double learn(Batch batch, DropoutMasks dropout, HiddenState state, long predictions) {
    Network network = workspace.forward(batch.inputs(), dropout, state);
    double total = network.crossEntropy(batch.targets());
    network.backward(batch, predictions, backwardPass(network.shape()), gradients);
    return total;
  }

  private NdWeights others() {
    if (others == null) {
      others = new NdWeights(model.spec(), model.vocabularySize());
    }
    return others;
  }

  @Override
  public Parameters gradient() {
    requireOpen();
    forgetWhatIsOld();
    return gradients.toParameters(model.spec()::isTrained);
  }

  /** The arrays still hold the gradient of the step before, until something is accumulated. */
  private void forgetWhatIsOld() {
    if (accumulated == 0) {
      gradients.trained().assign(0);
    }
  }

  @Override
  public void add(Parameters gradient) {
    requireOpen();
    if (accumulated == 0) {
      gradients.loadGiven(gradient);
    } else {
      others().loadGiven(gradient);
      gradients.trained().addi(others().trained());
    }
    accumulated++;
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
    // In double precision: a norm or a factor that is rounded makes every element's step too long
    // or too short by the same part, and a trajectory can be more sensitive to that than to all
    // other rounding. And there no square overflows.
    inDouble.assign(gradients.trained());
    Level1 vectors = Nd4j.getBlasWrapper().level1();
    double norm = Math.sqrt(vectors.dot(inDouble.length(), 1, inDouble, inDouble));
    if (Double.isFinite(norm) && Double.isFinite(crossEntropy)) {
      clip(spec.clipFactor(norm), spec.clipValue());
      optimizer.step(gradients.trained(), inDouble, learningRate);
    }
    clear();
    return norm;
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
    model.weights(); // complains where the model is closed
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
    workspace.close();
    if (others != null) {
      others.close();
    }
    gradients.close();
    optimizer.close();
    owned.close();
  }
}
