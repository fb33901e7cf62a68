package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.RecurrentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The state of B sequences on the device: for each layer the cell's states, {@code [1, B, H]} each.
 * It is copied to Java's heap only when asked for.
 */
final class DjlState implements RecurrentState {
  private final NDManager manager;
  private final ModelSpec spec;
  private final List<NDList> ofLayers = new ArrayList<>(); // L
  private int batchSize;

  /**
   * The zero state.
   *
   * @param manager the state's own; closed with it
   */
  DjlState(NDManager manager, ModelSpec spec, int batchSize) {
    this.manager = manager;
    this.spec = spec;
    this.batchSize = batchSize;
    for (int k = 0; k < spec.layers(); k++) {
      ofLayers.add(new NDList());
    }
    clear();
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  private Shape shape() {
    return new Shape(1, batchSize, spec.hidden());
  }

  /** The states of layer k, not copies. */
  NDList ofLayer(int k) {
    return ofLayers.get(k);
  }

  /**
   * Takes the states of layer k as constants, without a gradient.
   *
   * @param states in the cell's order, {@code [1, B, H]} each
   */
  void setLayer(int k, List<NDArray> states) {
    NDList constants = new NDList();
    for (NDArray state : states) {
      NDArray constant = state.stopGradient();
      constant.attach(manager);
      constants.add(constant);
    }
    ofLayers.get(k).close();
    ofLayers.set(k, constants);
  }

  @Override
  public void clear() {
    for (int k = 0; k < ofLayers.size(); k++) {
      ofLayers.get(k).close();
      NDList zeros = new NDList();
      spec.cell().states().forEach(name -> zeros.add(manager.zeros(shape())));
      ofLayers.set(k, zeros);
    }
  }

  @Override
  public HiddenState copy() {
    HiddenState copy = HiddenState.zero(spec, batchSize);
    List<String> names = spec.cell().states();
    for (int k = 0; k < ofLayers.size(); k++) {
      for (int i = 0; i < names.size(); i++) {
        float[] values = ofLayers.get(k).get(i).toFloatArray();
        System.arraycopy(values, 0, copy.get(names.get(i)), k * values.length, values.length);
      }
    }
    return copy;
  }

  @Override
  public void set(HiddenState values) {
    batchSize = values.batchSize();
    int length = batchSize * spec.hidden();
    try (NDManager scope = manager.newSubManager()) {
      for (int k = 0; k < ofLayers.size(); k++) {
        List<NDArray> states = new ArrayList<>();
        for (String name : spec.cell().states()) {
          float[] part = new float[length];
          System.arraycopy(values.get(name), k * length, part, 0, length);
          states.add(scope.create(part, shape()));
        }
        setLayer(k, states);
      }
    }
  }

  /** Continues with some of the sequences, in this order. */
  void select(int... rows) {
    for (int row : rows) {
      Objects.checkIndex(row, batchSize);
    }
    batchSize = rows.length;
    try (NDManager scope = manager.newSubManager()) {
      NDArray indices = scope.create(rows);
      for (int k = 0; k < ofLayers.size(); k++) {
        List<NDArray> states = new ArrayList<>();
        for (NDArray state : ofLayers.get(k)) {
          states.add(Network.rows(state.squeeze(0), indices).expandDims(0));
        }
        setLayer(k, states);
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
