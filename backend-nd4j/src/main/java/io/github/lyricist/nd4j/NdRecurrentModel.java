package io.github.lyricist.nd4j;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import org.jspecify.annotations.Nullable;

/** A recurrent language model in ND4J's memory. */
final class NdRecurrentModel implements RecurrentModel {
  private final NdWeights weights;
  private @Nullable Network latest; // for the batch shape seen last
  private boolean closed;

  NdRecurrentModel(ModelSpec spec, Parameters initial) {
    int vocabularySize = initial.shape("linear.weight").dimension(0);
    initial.requireShapes(spec.shapes(vocabularySize));
    this.weights = new NdWeights(spec, vocabularySize);
    weights.load(initial);
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
  NdWeights weights() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return weights;
  }

  @Override
  public Parameters parameters() {
    return weights().toParameters(name -> true);
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    double total = forward(batch.inputs(), DropoutMasks.NONE, state).crossEntropy(batch.targets());
    return new Evaluation(total, batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    forward(ids, DropoutMasks.NONE, state).copyLogits(logits);
  }

  /** From token ids, {@code int[T*B]}, to logits; the state goes on. */
  Network forward(int[] ids, DropoutMasks dropout, HiddenState state) {
    Network network = network(BatchShape.of(ids, state));
    network.forward(ids, dropout, state);
    return network;
  }

  private Network network(BatchShape shape) {
    NdWeights open = weights();
    Network network = latest;
    if (network == null || !network.shape().equals(shape)) {
      free();
      network = new Network(open, shape);
      latest = network;
    }
    return network;
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
    weights.close();
  }
}
