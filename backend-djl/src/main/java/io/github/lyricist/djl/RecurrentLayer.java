package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** One layer, through all time steps. */
interface RecurrentLayer {
  /**
   * Goes from a sequence's inputs to its outputs.
   *
   * @param input {@code [T, B, I]}
   * @param before the state before the first time step, in the order of {@link
   *     io.github.lyricist.model.Cell#states}, each {@code [1, B, H]}
   * @param training whether gradients will be asked for
   * @return the output {@code [T, B, H]}, then the state after the last time step like {@code
   *     before}; of the manager of the input
   */
  NDList forward(NDArray input, NDList before, boolean training);
}
