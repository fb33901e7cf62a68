package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.sampling.Batch;

/** {@link ReferenceNetwork} as the workbench uses a model. */
final class ReferenceRecurrentModel implements RecurrentModel {
  private final ReferenceNetwork network;
  private boolean closed;

  ReferenceRecurrentModel(ReferenceNetwork network) {
    this.network = network;
  }

  ReferenceNetwork network() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    return network;
  }

  @Override
  public ModelSpec spec() {
    return network().spec();
  }

  @Override
  public int vocabularySize() {
    return network().vocabularySize();
  }

  @Override
  public Parameters parameters() {
    return network().parameters();
  }

  @Override
  public Evaluation evaluate(Batch batch, HiddenState state) {
    NetworkState sequences = NetworkState.of(spec(), state);
    double total = network().crossEntropy(batch, sequences);
    sequences.writeTo(spec(), state);
    return new Evaluation(total, batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    NetworkState sequences = NetworkState.of(spec(), state);
    for (int b = 0; b < ids.length; b++) {
      double[] row = network().logits(ids[b], sequences.ofSequence(b));
      for (int v = 0; v < row.length; v++) {
        logits[b * row.length + v] = (float) row[v];
      }
    }
    sequences.writeTo(spec(), state);
  }

  @Override
  public void close() {
    closed = true;
  }
}
