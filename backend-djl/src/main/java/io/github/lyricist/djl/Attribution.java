package io.github.lyricist.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.lyricist.sampling.Batch;

/**
 * Gradient × input, by autograd. What the first layer reads, x, is a row of the embedding, or a row
 * r of W_ih transposed in place of a one-hot vector's product {@code W_ih x = r}. In both cases the
 * result is {@code Σ_j x_j dy/dx_j} over the row: the derivative of a logit y in the one element of
 * a one-hot vector that isn't zero is {@code Σ_j dy/dr_j dr_j/dx = Σ_j dy/dr_j r_j}.
 */
final class Attribution {
  private Attribution() {}

  /**
   * As {@link io.github.lyricist.model.RecurrentModel#attribution}.
   *
   * @param network of constants
   * @param step owns what is computed
   */
  static float[] of(Network network, Batch batch, DjlState before, int[] tokens, NDManager step) {
    Shape shape = new Shape(batch.steps(), batch.batchSize());
    NDArray read = network.read(step.create(batch.inputs(), shape));
    read.setRequiresGradient(true);
    NDArray chosen = step.create(tokens, new Shape(batch.batchSize(), 1));
    NDArray logits =
        Autograd.recording(
            () -> {
              NDArray hidden =
                  network.forward(read, before.layers(step), new NDList(), true).output();
              return network
                  .logits(hidden.get(batch.steps() - 1))
                  .gather(chosen.toType(DataType.INT64, false), 1);
            });
    Autograd.backward(logits, step.ones(logits.getShape()));
    return read.getGradient().mul(read).sum(new int[] {2}).toFloatArray();
  }
}
