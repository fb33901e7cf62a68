package io.github.lyricist.scratch.reference;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;

/** What a network remembers of B sequences: {@link HiddenState} in double precision. */
public final class NetworkState {
  private final LayerState[][] layers; // [B][L]

  private NetworkState(LayerState[][] layers) {
    this.layers = layers;
  }

  static NetworkState zero(ModelSpec spec, int batchSize) {
    LayerState[][] layers = new LayerState[batchSize][spec.layers()];
    for (LayerState[] sequence : layers) {
      for (int k = 0; k < sequence.length; k++) {
        sequence[k] = LayerState.zero(spec.hidden(), spec.cell() == Cell.LSTM);
      }
    }
    return new NetworkState(layers);
  }

  static NetworkState of(ModelSpec spec, HiddenState from) {
    NetworkState state = zero(spec, from.batchSize());
    state.forEachElement(
        spec.hidden(),
        (layer, i, at) -> {
          layer.hidden()[i] = from.hidden()[at];
          if (from.cell() != null) {
            layer.cell()[i] = from.cell()[at];
          }
        });
    return state;
  }

  /** Rounds to single precision. */
  void writeTo(ModelSpec spec, HiddenState to) {
    forEachElement(
        spec.hidden(),
        (layer, i, at) -> {
          to.hidden()[at] = (float) layer.hidden()[i];
          if (to.cell() != null) {
            to.cell()[at] = (float) layer.cell()[i];
          }
        });
  }

  /** Element i of a layer's state, and where it stands in {@code float[L*B*H]}. */
  @FunctionalInterface
  private interface ElementAction {
    void accept(LayerState layer, int i, int at);
  }

  private void forEachElement(int size, ElementAction action) {
    for (int b = 0; b < layers.length; b++) {
      for (int k = 0; k < layers[b].length; k++) {
        for (int i = 0; i < size; i++) {
          action.accept(layers[b][k], i, (k * layers.length + b) * size + i);
        }
      }
    }
  }

  /** The states of one sequence's layers, {@code [L]}, not a copy. */
  LayerState[] ofSequence(int b) {
    return layers[b];
  }
}
