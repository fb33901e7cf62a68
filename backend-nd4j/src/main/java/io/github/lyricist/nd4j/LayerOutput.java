package io.github.lyricist.nd4j;

import io.github.lyricist.training.DropoutMasks;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What comes out of a layer, with dropout where there are masks. */
final class LayerOutput {
  private final INDArray hidden; // [H, T*B]
  private final int layer;
  private final NativeArrays owned;
  private @Nullable Dropped dropped; // made when something is dropped for the first time
  private boolean dropping;

  /** The mask and what it leaves, {@code [H, T*B]} each. */
  private record Dropped(INDArray mask, INDArray output) {}

  LayerOutput(INDArray hidden, int layer, NativeArrays owned) {
    this.hidden = hidden;
    this.layer = layer;
    this.owned = owned;
  }

  /** Applies the layer's mask, if there is one. */
  void forward(DropoutMasks masks) {
    dropping = !masks.isEmpty();
    if (dropping) {
      Dropped buffers = buffers();
      float[] mask = masks.ofLayers().get(layer);
      new FloatPointer(buffers.mask.data().pointer()).put(mask, 0, mask.length);
      hidden.muli(buffers.mask, buffers.output);
    }
  }

  /** What the next layer, or {@code linear}, reads: {@code [H, T*B]}. */
  INDArray read() {
    return dropping ? buffers().output : hidden;
  }

  /** From the gradient in {@link #read} to that in the hidden states, in place. */
  void backward(INDArray gradient) {
    if (dropping) {
      gradient.muli(buffers().mask);
    }
  }

  private Dropped buffers() {
    Dropped buffers = dropped;
    if (buffers == null) {
      long columns = hidden.columns();
      buffers =
          new Dropped(owned.matrix(hidden.rows(), columns), owned.matrix(hidden.rows(), columns));
      dropped = buffers;
    }
    return buffers;
  }
}
