package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A layer one time step after the other, by an operator for each term of the cell's formula: where
 * PyTorch has no fused operator, where the first layer's product with one-hot vectors is gathered,
 * and where the gates are asked for.
 *
 * @param input computes {@code W_ih x + b_ih}, {@code [T, B, G*H]}, from what the layer reads
 */
record SteppedLayer(UnaryOperator<NDArray> input, RecurrentCell cell) implements RecurrentLayer {

  /** Layer k of a network. */
  static SteppedLayer of(DjlWeights weights, int k) {
    NDArray bias = weights.get("rnn.bias_ih_l" + k);
    return new SteppedLayer(
        weights.isGathered(k)
            ? read -> read.add(bias)
            : linear(weights.get("rnn.weight_ih_l" + k), bias),
        RecurrentCell.of(
            weights.spec().cell(),
            linear(weights.get("rnn.weight_hh_l" + k), weights.get("rnn.bias_hh_l" + k))));
  }

  /** {@code x ↦ W x + b}. */
  static UnaryOperator<NDArray> linear(NDArray weight, NDArray bias) {
    return x -> Linear.linear(x, weight, bias).singletonOrThrow();
  }

  @Override
  public NDList forward(NDArray read, NDList before, boolean training) {
    List<RecurrentCell.Step> steps = steps(read, before);
    NDList outputAndState = new NDList(stack(steps, step -> step.after().head()));
    steps.get(steps.size() - 1).after().forEach(part -> outputAndState.add(part.expandDims(0)));
    return outputAndState;
  }

  /** All time steps; like {@link #forward}. */
  List<RecurrentCell.Step> steps(NDArray read, NDList before) {
    NDList state = new NDList();
    before.forEach(part -> state.add(part.squeeze(0)));
    List<RecurrentCell.Step> steps = new ArrayList<>();
    for (NDArray fromInput : input.apply(read).split(read.getShape().get(0))) {
      RecurrentCell.Step step = cell.step(fromInput.squeeze(0), state);
      state.clear();
      state.addAll(step.after());
      steps.add(step);
    }
    return steps;
  }

  /** One part of every time step, {@code [T, B, H]}. */
  static NDArray stack(List<RecurrentCell.Step> steps, Function<RecurrentCell.Step, NDArray> part) {
    NDList parts = new NDList();
    steps.forEach(step -> parts.add(part.apply(step)));
    return NDArrays.stack(parts);
  }
}
