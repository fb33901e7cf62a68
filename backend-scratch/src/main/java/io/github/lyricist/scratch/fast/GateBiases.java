package io.github.lyricist.scratch.fast;

import io.github.lyricist.scratch.kernels.CellArithmetic;
import io.github.lyricist.scratch.kernels.Kernels;

/**
 * A layer's two biases. Where the sums from the input and from the hidden state are one, so are
 * their biases; where a cell keeps them apart, each has its own. For several threads.
 */
final class GateBiases {
  private final float[] input; // b_ih [G*H]
  private final float[] recurrent; // b_hh [G*H]
  private final boolean separate;
  private final float[] together; // [G*H]
  private final Kernels kernels;
  private boolean stale = true;

  /**
   * @param input b_ih, {@code float[G*H]}; not copied
   * @param recurrent b_hh, {@code float[G*H]}; not copied
   */
  GateBiases(float[] input, float[] recurrent, CellArithmetic cell, Kernels kernels) {
    this.input = input;
    this.recurrent = recurrent;
    this.separate = cell.recurrentSums() > 0;
    this.together = separate ? input : new float[input.length];
    this.kernels = kernels;
  }

  /** Has them added anew when they are next asked for. */
  synchronized void changed() {
    stale = true;
  }

  /** What the sums from the input begin with. */
  synchronized float[] ofInput() {
    if (stale && !separate) {
      kernels.sum(together, 0, input, 0, recurrent, 0, together.length);
    }
    stale = false;
    return together;
  }

  /** What the sums from the hidden state begin with, where they stand apart. */
  float[] ofRecurrence() {
    return recurrent;
  }

  /** b_ih, not a copy. */
  float[] input() {
    return input;
  }

  /** b_hh, not a copy. */
  float[] recurrent() {
    return recurrent;
  }

  /** Whether the sums from the hidden state stand apart from those from the input. */
  boolean areSeparate() {
    return separate;
  }
}
