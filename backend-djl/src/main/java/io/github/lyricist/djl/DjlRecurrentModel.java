package io.github.lyricist.djl;

import ai.djl.ndarray.NDManager;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import java.util.function.BiFunction;

/** A recurrent language model's weights, and a network that reads and writes with them. */
final class DjlRecurrentModel implements RecurrentModel {
  private final NDManager manager;
  private final Use use;
  private final DjlWeights weights;
  private final DjlWeights constants; // the same, of which autograd records nothing
  private final Network network;

  /**
   * @param manager the model's own; closed with it
   * @param initial handed over
   */
  DjlRecurrentModel(NDManager manager, ModelSpec spec, Parameters initial, Use use) {
    this.manager = manager;
    this.use = use;
    this.weights = new DjlWeights(manager, spec, initial, use);
    this.constants = weights.asConstants();
    this.network = new Network(constants);
  }

  @Override
  public ModelSpec spec() {
    return weights.spec();
  }

  @Override
  public int vocabularySize() {
    return weights.vocabularySize();
  }

  /** The parameters with their gradients, not a copy: an optimizer changes them. */
  DjlWeights trainedWeights() {
    if (use != Use.TRAINING) {
      throw new IllegalStateException("the model was made for reading and writing alone");
    }
    return weights;
  }

  /** A manager within the model's own, on a thread that is ready to compute with it. */
  NDManager newScope() {
    requireOpen();
    return manager.newSubManager();
  }

  /** Also sees to it that this thread records nothing by itself. */
  void requireOpen() {
    if (!manager.isOpen()) {
      throw new IllegalStateException("the model is closed");
    }
    Autograd.off();
  }

  @Override
  public Parameters parameters() {
    requireOpen();
    return DjlBackend.onPyTorch(weights::toParameters);
  }

  @Override
  public DjlState newState(int batchSize) {
    NDManager scope = newScope();
    return DjlBackend.onPyTorch(() -> new DjlState(spec(), batchSize, scope));
  }

  @Override
  public Session newSession(int batchSize) {
    NDManager scope = newScope();
    return DjlBackend.onPyTorch(
        () ->
            new DjlSession(scope, network, new DjlState(spec(), batchSize, scope.newSubManager())));
  }

  @Override
  public Trace trace(Batch batch, HiddenState before) {
    return from(before, (state, step) -> Tracing.of(constants, batch, state, step));
  }

  @Override
  public float[] attribution(Batch batch, HiddenState before, int[] tokens) {
    return from(before, (state, step) -> Attribution.of(network, batch, state, tokens, step));
  }

  /** Does something with a state that is thrown away afterwards, as is what the step computed. */
  private <T> T from(HiddenState before, BiFunction<DjlState, NDManager, T> work) {
    try (NDManager step = newScope()) {
      return DjlBackend.onPyTorch(
          () -> {
            DjlState state = new DjlState(spec(), before.batchSize(), step.newSubManager());
            state.set(before);
            return work.apply(state, step);
          });
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
