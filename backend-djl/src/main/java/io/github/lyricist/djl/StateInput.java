package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.model.HiddenState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hidden state of each layer on its way to PyTorch and back. */
final class StateInput {
  private final int layers; // L
  private final int size; // H
  private final Input hidden = new Input();
  private final Input cell = new Input();

  StateInput(int layers, int size) {
    this.layers = layers;
    this.size = size;
  }

  /**
   * For each layer h, with an LSTM also c, each {@code [1, B, H]}, valid until the next call.
   *
   * @param step owns them
   */
  List<NDList> of(HiddenState state, NDManager step) {
    List<NDList> ofLayers = new ArrayList<>();
    for (int k = 0; k < layers; k++) {
      ofLayers.add(new NDList());
    }
    append(state.hidden(), hidden, state.batchSize(), step, ofLayers);
    append(state.cell(), cell, state.batchSize(), step, ofLayers);
    return ofLayers;
  }

  private void append(
      float @Nullable [] values, Input to, int batchSize, NDManager step, List<NDList> ofLayers) {
    if (values != null) {
      NDArray all = to.of(values, new Shape(layers, batchSize, size), step);
      NDList split = all.split(layers);
      for (int k = 0; k < layers; k++) {
        ofLayers.get(k).add(split.get(k));
      }
    }
  }

  /**
   * Leaves the state after the last time step of layer k.
   *
   * @param outputAndState what the layer returned
   */
  static void take(NDList outputAndState, int k, HiddenState state) {
    take(outputAndState.get(1), k, state.hidden());
    if (state.cell() != null) {
      take(outputAndState.get(2), k, state.cell());
    }
  }

  private static void take(NDArray from, int k, float[] to) {
    float[] values = from.toFloatArray();
    System.arraycopy(values, 0, to, k * values.length, values.length);
  }
}
