package io.github.lyricist.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a recurrent network remembers between two calls: the hidden state of each layer, and with an
 * LSTM its cell state. It belongs to the caller; a model reads it and leaves the new state in it.
 */
public final class HiddenState {
  private final int layers;
  private final int batchSize;
  private final int hiddenSize;
  private final float[] hidden;
  private final float @Nullable [] cell;

  private HiddenState(int layers, int batchSize, int hiddenSize, boolean withCell) {
    this.layers = layers;
    this.batchSize = batchSize;
    this.hiddenSize = hiddenSize;
    this.hidden = new float[layers * batchSize * hiddenSize];
    this.cell = withCell ? new float[hidden.length] : null;
  }

  /** The zero state for B sequences side by side. */
  public static HiddenState zero(ModelSpec spec, int batchSize) {
    return new HiddenState(spec.layers(), batchSize, spec.hidden(), spec.cell() == Cell.LSTM);
  }

  /** B. */
  public int batchSize() {
    return batchSize;
  }

  /** The hidden state, {@code float[L*B*H]}, not a copy. */
  public float[] hidden() {
    return hidden;
  }

  /** An LSTM's cell state, {@code float[L*B*H]}, not a copy; null for other cells. */
  public float @Nullable [] cell() {
    return cell;
  }

  /** Back to zero. */
  public void clear() {
    Arrays.fill(hidden, 0);
    if (cell != null) {
      Arrays.fill(cell, 0);
    }
  }

  /** A state that later calls on this one don't change. */
  public HiddenState copy() {
    HiddenState copy = new HiddenState(layers, batchSize, hiddenSize, cell != null);
    copy.set(this);
    return copy;
  }

  /** Takes over the numbers of a state of the same size. */
  public void set(HiddenState other) {
    System.arraycopy(other.hidden, 0, hidden, 0, hidden.length);
    if (cell != null && other.cell != null) {
      System.arraycopy(other.cell, 0, cell, 0, cell.length);
    }
  }
}
