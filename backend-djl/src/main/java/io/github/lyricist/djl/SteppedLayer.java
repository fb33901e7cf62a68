package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.core.Linear;
import io.github.lyricist.djl.RecurrentCell.TimeStep;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer one time step after the other, by an operator for each term of the cell's formula.
 *
 * @param inputWeight W_ih {@code [G*H, I]}; null where the input is {@code W_ih x} already, {@code
 *     [T, B, G*H]}, as a gather for one-hot vectors leaves it
 * @param inputBias b_ih {@code [G*H]}
 * @param weight W_hh {@code [G*H, H]}
 * @param bias b_hh {@code [G*H]}
 */
record SteppedLayer(
    Cell kind, @Nullable NDArray inputWeight, NDArray inputBias, NDArray weight, NDArray bias)
    implements RecurrentLayer {

  @Override
  public NDList forward(NDArray input, NDList before, boolean training) {
    return outputAndState(steps(input, before));
  }

  /** The same, telling the states and gates after each time step. */
  NDList forward(NDArray input, NDList before, int number, Trace trace) {
    List<TimeStep> steps = steps(input, before);
    for (int i = 0; i < kind.states().size(); i++) {
      int state = i;
      trace.put(
          Trace.state(number, kind.states().get(i)),
          values(steps.stream().map(step -> step.after().get(state)).toList()));
    }
    for (int g = 0; g < kind.gates().size(); g++) {
      int gate = g;
      trace.put(
          Trace.gate(number, kind.gates().get(g)),
          values(steps.stream().map(step -> step.gates().get(gate)).toList()));
    }
    return outputAndState(steps);
  }

  /** {@code float[T*B*H]} of T arrays {@code [B, H]}. */
  private static float[] values(List<NDArray> steps) {
    return NDArrays.stack(new NDList(steps)).toFloatArray();
  }

  private List<TimeStep> steps(NDArray input, NDList before) {
    RecurrentCell cell = RecurrentCell.of(kind);
    NDList state = new NDList();
    before.forEach(part -> state.add(part.squeeze(0)));
    NDArray sums =
        inputWeight == null
            ? input.add(inputBias)
            : Linear.linear(input, inputWeight, inputBias).singletonOrThrow();
    List<TimeStep> steps = new ArrayList<>();
    for (NDArray fromInput : sums.split(input.getShape().get(0))) {
      NDArray fromHidden = Linear.linear(state.head(), weight, bias).singletonOrThrow();
      TimeStep step = cell.step(fromInput.squeeze(0), fromHidden, state);
      state.clear();
      state.addAll(step.after());
      steps.add(step);
    }
    return steps;
  }

  private static NDList outputAndState(List<TimeStep> steps) {
    NDList outputs = new NDList();
    steps.forEach(step -> outputs.add(step.after().head()));
    NDList outputAndState = new NDList(NDArrays.stack(outputs));
    steps.get(steps.size() - 1).after().forEach(part -> outputAndState.add(part.expandDims(0)));
    return outputAndState;
  }
}
