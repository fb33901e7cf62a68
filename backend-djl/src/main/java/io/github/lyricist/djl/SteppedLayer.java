package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;

/**
 * A layer one time step after the other, by an operator for each term of the cell's formula. Its
 * input is {@code W_ih x}, {@code [T, B, G*H]}, which a fused operator would multiply again.
 *
 * @param inputBias b_ih {@code [G*H]}
 * @param weight W_hh {@code [G*H, H]}
 * @param bias b_hh {@code [G*H]}
 */
record SteppedLayer(RecurrentCell cell, NDArray inputBias, NDArray weight, NDArray bias)
    implements RecurrentLayer {

  @Override
  public NDList forward(NDArray input, NDList before, boolean training) {
    long steps = input.getShape().get(0);
    NDList state = new NDList();
    before.forEach(part -> state.add(part.squeeze(0)));
    NDList outputs = new NDList();
    for (NDArray fromInput : input.add(inputBias).split(steps)) {
      NDArray fromHidden = Linear.linear(state.head(), weight, bias).singletonOrThrow();
      NDList after = cell.step(fromInput.squeeze(0), fromHidden, state);
      state.clear();
      state.addAll(after);
      outputs.add(state.head());
    }
    NDList outputAndState = new NDList(NDArrays.stack(outputs));
    state.forEach(part -> outputAndState.add(part.expandDims(0)));
    return outputAndState;
  }
}
