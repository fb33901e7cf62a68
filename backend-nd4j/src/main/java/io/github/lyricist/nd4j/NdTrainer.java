package io.github.lyricist.nd4j;

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
import org.nd4j.linalg.api.blas.Level1;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The training step: gradients, clipping, one step of the optimizer. */
final class NdTrainer implements Trainer {
  private final NdRecurrentModel model;
  private final TrainingSpec spec;
  private final NdWeights sum; // of the gradients accumulated; left over where nothing is
  private @Nullable NdWeights another; // the gradient of a later batch, before it is added
  private boolean isEmpty = true; // whether nothing is accumulated
  private double crossEntropy; // of all batches accumulated
  private final Optimizer optimizer;
  private final NativeArrays owned = new NativeArrays();
  private final INDArray inDouble; // the gradient of all trained parameters, in double precision
  private @Nullable Backpropagation latest; // of the batch shape seen last
  private boolean closed;

  /**
   * @throws IllegalStateException if the model was made for reading and writing alone
   */
  NdTrainer(NdRecurrentModel model, TrainingSpec spec) {
    if (model.use() != Use.TRAINING) {
      throw new IllegalStateException("the model was not made for training");
    }
    this.model = model;
    this.spec = spec;
    this.sum = model.weights().zeros();
    this.optimizer = new Optimizer(spec.optimizer(), model.weights());
    this.inDouble = owned.doubles(sum.trained().length());
  }

  @Override
  public Evaluation accumulate(
      Batch batch, DropoutMasks dropout, RecurrentState state, long predictions) {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      NdWeights gradient = isEmpty ? sum : another();
      double total =
          backpropagation(BatchShape.of(batch))
              .learn(batch, dropout, (HiddenState) state, predictions, gradient);
      accumulated(gradient);
      crossEntropy += total;
      return new Evaluation(total, batch.predictions());
    }
  }

  private NdWeights another() {
    if (another == null) {
      another = sum.zeros();
    }
    return another;
  }

  private void accumulated(NdWeights gradient) {
    if (!isEmpty) {
      sum.trained().addi(gradient.trained());
    }
    isEmpty = false;
  }

  private Backpropagation backpropagation(BatchShape shape) {
    Backpropagation backpropagation = latest;
    if (backpropagation == null || !backpropagation.shape().equals(shape)) {
      free();
      backpropagation = new Backpropagation(model.weights(), shape);
      latest = backpropagation;
    }
    return backpropagation;
  }

  @Override
  public Parameters gradient() {
    synchronized (NativeLibraries.LOCK) {
      return sum().toParameters(model.spec()::isTrained);
    }
  }

  @Override
  public void add(Parameters gradient) {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      NdWeights added = isEmpty ? sum : another();
      added.loadTrained(gradient);
      accumulated(added);
    }
  }

  @Override
  public void clear() {
    requireOpen();
    isEmpty = true;
    crossEntropy = 0;
  }

  @Override
  public double update(double learningRate) {
    synchronized (NativeLibraries.LOCK) {
      INDArray gradient = sum().trained();
      // In double precision: a norm or a factor that is rounded makes every element's step too long
      // or too short by the same part, and a trajectory can be more sensitive to that than to all
      // other rounding. And there no square overflows.
      inDouble.assign(gradient);
      Level1 vectors = Nd4j.getBlasWrapper().level1();
      double norm = Math.sqrt(vectors.dot(inDouble.length(), 1, inDouble, inDouble));
      if (Double.isFinite(norm) && Double.isFinite(crossEntropy)) {
        clip(spec.clipFactor(norm), spec.clipValue());
        gradient.assign(inDouble);
        optimizer.step(gradient, inDouble, learningRate);
      }
      clear();
      return norm;
    }
  }

  /** What is accumulated, zeros where nothing is. */
  private NdWeights sum() {
    requireOpen();
    if (isEmpty) {
      sum.trained().assign(0);
    }
    return sum;
  }

  /** Multiplies the gradient by the factor, then holds each element within the limit. */
  private void clip(double factor, @Nullable Double most) {
    if (factor != 1) {
      inDouble.muli(factor);
    }
    if (most != null) {
      Transforms.max(Transforms.min(inDouble, most, false), -most, false);
    }
  }

  @Override
  public OptimizerState optimizerState() {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      return optimizer.state();
    }
  }

  @Override
  public void restore(OptimizerState state) {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      optimizer.restore(state);
    }
  }

  private void requireOpen() {
    model.weights();
    if (closed) {
      throw new IllegalStateException("the trainer is closed");
    }
  }

  private void free() {
    if (latest != null) {
      latest.close();
      latest = null;
    }
  }

  @Override
  public void close() {
    synchronized (NativeLibraries.LOCK) {
      closed = true;
      free();
      sum.close();
      if (another != null) {
        another.close();
      }
      optimizer.close();
      owned.close();
    }
  }
}
