package io.github.lyricist.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import java.util.List;

/** A recurrent language model's weights in PyTorch's memory. */
final class DjlRecurrentModel implements RecurrentModel {
  private final NDManager manager;
  private final DjlWeights weights;
  private final Network network;
  private final Use use;

  /**
   * @param manager the model's own; closed with it
   * @param initial handed over
   */
  DjlRecurrentModel(NDManager manager, ModelSpec spec, Parameters initial, Use use) {
    this.manager = manager;
    this.weights = new DjlWeights(manager, spec, initial, use);
    this.network = new Network(weights, manager);
    this.use = use;
  }

  @Override
  public ModelSpec spec() {
    return weights().spec();
  }

  @Override
  public int vocabularySize() {
    return weights().vocabularySize();
  }

  /** The parameters, not a copy: an optimizer changes them. */
  DjlWeights weights() {
    requireOpen();
    return weights;
  }

  Network network() {
    requireOpen();
    return network;
  }

  /** Checks that the model was made for training. */
  void requireTraining() {
    if (use != Use.TRAINING) {
      throw new IllegalStateException("the model was made for writing, not for training");
    }
  }

  /**
   * A manager within the model's own. What is computed from now on is not recorded but within a
   * gradient collector: for PyTorch that is a setting of each thread, which DJL makes only on the
   * first.
   */
  NDManager newScope() {
    requireOpen();
    JniUtils.setGradMode(false);
    return manager.newSubManager();
  }

  void requireOpen() {
    if (!manager.isOpen()) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public Parameters parameters() {
    return weights().toParameters();
  }

  @Override
  public RecurrentState newState(int batchSize) {
    return new DjlState(newScope(), spec(), batchSize);
  }

  @Override
  public Session newSession(int batchSize) {
    return new DjlSession(this, batchSize);
  }

  private DjlState state(HiddenState before, NDManager scope) {
    DjlState state = new DjlState(scope.newSubManager(), spec(), before.batchSize());
    state.set(before);
    return state;
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    try (NDManager scope = newScope()) {
      return DjlBackend.onPyTorch(
          () -> {
            NDArray tokens = new Workspace(this).tokens(batch.inputs(), batch.batchSize(), scope);
            return network().trace(network().read(tokens), state(before, scope));
          });
    }
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    try (NDManager scope = newScope()) {
      return DjlBackend.onPyTorch(() -> attribution(batch, state(before, scope), tokens, scope));
    }
  }

  /**
   * By autograd, over weights that take no gradient. For one-hot vectors, too: the derivative by
   * the vector's one element is the sum over the row that was gathered for it.
   */
  private float[] attribution(Batch batch, DjlState state, int[] explained, NDManager scope) {
    Network constant = new Network(weights().detached(scope), scope);
    NDArray tokens = new Workspace(this).tokens(batch.inputs(), batch.batchSize(), scope);
    NDArray read = constant.read(tokens);
    read.setRequiresGradient(true);
    NDArray indices = scope.create(explained).reshape(explained.length, 1);
    Engine engine = scope.getEngine();
    try (GradientCollector collector = engine.newGradientCollector()) {
      NDArray hidden = constant.forward(read, List.of(), state, true);
      NDArray last = hidden.split(batch.steps()).get(batch.steps() - 1);
      NDArray logits =
          constant
              .logits(last.reshape(new Shape(explained.length, spec().hidden())))
              .gather(indices.toType(DataType.INT64, false), 1);
      collector.backward(logits.sum());
    }
    NDArray gradient = read.getGradient();
    gradient.attach(scope);
    return gradient.mul(read.stopGradient()).sum(new int[] {2}).toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
