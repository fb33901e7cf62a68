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
import java.util.function.UnaryOperator;

/** The state of B sequences where PyTorch computes. */
final class DjlState implements RecurrentState {
  private final ModelSpec spec;
  private final NDManager manager;
  private final Input rows = new Input();
  private List<NDList> layers; // for each its states in the cell's order, [1, B, H] each

  /**
   * The zero state.
   *
   * @param manager the state's own; closed with it
   */
  DjlState(ModelSpec spec, int batchSize, NDManager manager) {
    this.spec = spec;
    this.manager = manager;
    this.layers = zero(batchSize, manager);
  }

  private List<NDList> zero(int batchSize, NDManager owner) {
    List<NDList> zero = new ArrayList<>();
    for (int k = 0; k < spec.layers(); k++) {
      NDList layer = new NDList();
      spec.cell().states().forEach(name -> layer.add(owner.zeros(shape(batchSize))));
      zero.add(layer);
    }
    return zero;
  }

  private Shape shape(int batchSize) {
    return new Shape(1, batchSize, spec.hidden());
  }

  @Override
  public int batchSize() {
    return Math.toIntExact(layers.get(0).head().getShape().get(1));
  }

  /**
   * For each layer its states, {@code [1, B, H]} each, not copies.
   *
   * @param step owns the arrays, and so what is computed from them
   */
  List<NDList> layers(NDManager step) {
    return each(layers, array -> Autograd.constant(array, step));
  }

  private static List<NDList> each(List<NDList> layers, UnaryOperator<NDArray> change) {
    return layers.stream()
        .map(layer -> new NDList(layer.stream().map(change).toArray(NDArray[]::new)))
        .toList();
  }

  /**
   * Is another state from now on.
   *
   * @param after for each layer its states, {@code [1, B, H]} each, which are taken over from their
   *     owner as constants
   */
  void become(List<NDList> after) {
    List<NDList> before = layers;
    layers = each(after, array -> Autograd.constant(array, manager));
    before.forEach(NDList::close);
  }

  @Override
  public void clear() {
    try (NDManager scope = manager.newSubManager()) {
      become(zero(batchSize(), scope));
    }
  }

  /** Continues with some of the sequences, as {@link io.github.lyricist.model.Session#select}. */
  void select(int... chosen) {
    for (int row : chosen) {
      Objects.checkIndex(row, batchSize());
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray numbers = rows.of(chosen, new Shape(1, chosen.length), scope);
      become(each(layers(scope), array -> Network.rows(array.squeeze(0), numbers)));
    }
  }

  @Override
  public HiddenState copy() {
    HiddenState copy = HiddenState.zero(spec, batchSize());
    try (NDManager scope = manager.newSubManager()) {
      List<NDList> from = layers(scope);
      for (int k = 0; k < from.size(); k++) {
        for (int i = 0; i < from.get(k).size(); i++) {
          float[] values = from.get(k).get(i).toFloatArray(); // [B*H]
          float[] to = copy.get(spec.cell().states().get(i));
          System.arraycopy(values, 0, to, k * values.length, values.length);
        }
      }
    }
    return copy;
  }

  /**
   * Takes over the numbers of another state.
   *
   * @param values of the same model; as many sequences as it has are this state's from now on
   */
  @Override
  public void set(HiddenState values) {
    Shape shape = shape(values.batchSize());
    int length = Math.toIntExact(shape.size());
    try (NDManager scope = manager.newSubManager()) {
      List<NDList> copied = new ArrayList<>();
      for (int k = 0; k < spec.layers(); k++) {
        NDList layer = new NDList();
        for (String name : spec.cell().states()) {
          layer.add(Input.copy(values.get(name), k * length, shape, scope));
        }
        copied.add(layer);
      }
      become(copied);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
