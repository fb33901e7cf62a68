package io.github.lyricist.nd4j;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.Session;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import org.jspecify.annotations.Nullable;

/** A state and a workspace of its own over the weights of a model. */
final class NdSession implements Session {
  private final NdRecurrentModel model;
  private NativeState state;
  private @Nullable Network latest; // for the batch shape seen last
  private boolean closed;

  /**
   * @param state handed over
   */
  NdSession(NdRecurrentModel model, NativeState state) {
    this.model = model;
    this.state = state;
  }

  @Override
  public int batchSize() {
    return state.batchSize();
  }

  @Override
  public void next(int[] ids, float[] logits) {
    synchronized (NativeLibraries.LOCK) {
      forward(ids, new BatchShape(ids.length, 1)).copyLogits(logits);
    }
  }

  @Override
  public Evaluation evaluate(Batch batch) {
    synchronized (NativeLibraries.LOCK) {
      Network network = forward(batch.inputs(), BatchShape.of(batch));
      return new Evaluation(network.crossEntropy(batch.targets()), batch.predictions());
    }
  }

  /** From token ids, {@code int[T*B]}, to logits. */
  private Network forward(int[] ids, BatchShape shape) {
    requireOpen();
    if (shape.batchSize() != batchSize()) {
      throw new IllegalArgumentException(
          "expected tokens of %d sequences, found %d".formatted(batchSize(), shape.batchSize()));
    }
    Network network = latest;
    if (network == null || !network.shape().equals(shape)) {
      free();
      network = new Network(model.weights(), shape, false);
      latest = network;
    }
    network.forward(ids, DropoutMasks.NONE, state);
    return network;
  }

  @Override
  public HiddenState state() {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      HiddenState copy = HiddenState.zero(model.spec(), batchSize());
      state.copyTo(copy);
      return copy;
    }
  }

  @Override
  public void set(HiddenState values) {
    synchronized (NativeLibraries.LOCK) {
      requireOpen();
      NativeState next = NativeState.of(model.spec(), values);
      state.close();
      state = next;
    }
  }

  @Override
  public void select(int... rows) {
    set(state().select(rows));
  }

  private void requireOpen() {
    model.weights();
    if (closed) {
      throw new IllegalStateException("the session is closed");
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
      state.close();
    }
  }
}
