package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Trace;
import io.github.lyricist.sampling.Batch;
import java.util.List;

/** What happens inside a network, one time step after the other in every layer. */
final class Tracing {
  private final DjlWeights weights;
  private final Trace trace = new Trace();

  private Tracing(DjlWeights weights) {
    this.weights = weights;
  }

  /**
   * As {@link io.github.lyricist.model.RecurrentModel#trace}.
   *
   * @param step owns what is computed
   */
  static Trace of(DjlWeights weights, Batch batch, DjlState before, NDManager step) {
    Tracing tracing = new Tracing(weights);
    Shape shape = new Shape(batch.steps(), batch.batchSize());
    NDArray read = Network.read(weights, step.create(batch.inputs(), shape));
    List<NDList> states = before.layers(step);
    for (int k = 0; k < states.size(); k++) {
      read = tracing.layer(k, SteppedLayer.of(weights, k).steps(read, states.get(k)));
    }
    return tracing.trace;
  }

  /** Keeps what layer k computed; returns its output, {@code [T, B, H]}. */
  private NDArray layer(int k, List<RecurrentCell.Step> steps) {
    Cell cell = weights.spec().cell();
    for (int i = 0; i < cell.states().size(); i++) {
      int index = i;
      NDArray state = SteppedLayer.stack(steps, step -> step.after().get(index));
      trace.put(Trace.state(k, cell.states().get(i)), state.toFloatArray());
    }
    for (int i = 0; i < cell.gates().size(); i++) {
      int index = i;
      NDArray gate = SteppedLayer.stack(steps, step -> step.gates().get(index));
      trace.put(Trace.gate(k, cell.gates().get(i)), gate.toFloatArray());
    }
    return SteppedLayer.stack(steps, step -> step.after().head());
  }
}
