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
    double[][] hidden = read(state, spec().hidden());
    double total = network().crossEntropy(batch, hidden);
    write(hidden, state);
    return new Evaluation(total, batch.predictions());
  }

  @Override
  public void nextLogits(int[] ids, HiddenState state, float[] logits) {
    double[][] hidden = read(state, spec().hidden());
    for (int b = 0; b < ids.length; b++) {
      hidden[b] = network().advance(ids[b], hidden[b]);
      double[] row = network().logits(hidden[b]);
      for (int v = 0; v < row.length; v++) {
        logits[b * row.length + v] = (float) row[v];
      }
    }
    write(hidden, state);
  }

  /** A state as {@code double[B][H]}. */
  static double[][] read(HiddenState state, int size) {
    double[][] hidden = new double[state.batchSize()][size];
    for (int i = 0; i < state.hidden().length; i++) {
      hidden[i / size][i % size] = state.hidden()[i];
    }
    return hidden;
  }

  static void write(double[][] hidden, HiddenState state) {
    int size = hidden[0].length;
    for (int i = 0; i < state.hidden().length; i++) {
      state.hidden()[i] = (float) hidden[i / size][i % size];
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
