package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;

/** What a network remembers of B sequences: {@link HiddenState} in double precision. */
public final class NetworkState {
  private final ModelSpec spec;
  private final LayerState[][] layers; // [B][L]

  private NetworkState(ModelSpec spec, LayerState[][] layers) {
    this.spec = spec;
    this.layers = layers;
  }

  static NetworkState zero(ModelSpec spec, int batchSize) {
    LayerState[][] layers = new LayerState[batchSize][spec.layers()];
    for (LayerState[] sequence : layers) {
      for (int k = 0; k < sequence.length; k++) {
        sequence[k] = LayerState.zero(spec.cell().states().size(), spec.hidden());
      }
    }
    return new NetworkState(spec, layers);
  }

  static NetworkState of(ModelSpec spec, HiddenState from) {
    NetworkState state = zero(spec, from.batchSize());
    state.forEachElement((vector, i, name, at) -> vector[i] = from.get(name)[at]);
    return state;
  }

  /** Rounds to single precision. */
  void writeTo(HiddenState to) {
    forEachElement((vector, i, name, at) -> to.get(name)[at] = (float) vector[i]);
  }

  /** Rounds to single precision. */
  HiddenState toHiddenState() {
    HiddenState state = HiddenState.zero(spec, batchSize());
    writeTo(state);
    return state;
  }

  /** Element i of a layer's vector, and where it stands in the array {@code float[L*B*H]}. */
  @FunctionalInterface
  private interface ElementAction {
    void accept(double[] vector, int i, String name, int at);
  }

  private void forEachElement(ElementAction action) {
    for (int b = 0; b < batchSize(); b++) {
      for (int k = 0; k < spec.layers(); k++) {
        for (int s = 0; s < spec.cell().states().size(); s++) {
          for (int i = 0; i < spec.hidden(); i++) {
            int at = (k * batchSize() + b) * spec.hidden() + i;
            action.accept(layers[b][k].vectors()[s], i, spec.cell().states().get(s), at);
          }
        }
      }
    }
  }

  int batchSize() {
    return layers.length;
  }

  /** The states of one sequence's layers, {@code [L]}, not a copy. */
  LayerState[] ofSequence(int b) {
    return layers[b];
  }

  /** Some of the sequences, in this order; each continues apart from the others. */
  NetworkState select(int... rows) {
    LayerState[][] selected = new LayerState[rows.length][];
    for (int b = 0; b < rows.length; b++) {
      selected[b] = layers[rows[b]].clone();
    }
    return new NetworkState(spec, selected);
  }
}
