package io.github.lyricist.training;

import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Shard;
import java.util.List;

/**
 * What is dropped in one training step, for every layer's output: an element is kept and multiplied
 * by {@code 1/(1−p)}, or dropped (inverted dropout: Srivastava et al., 2014). The mask of layer k
 * acts on what layer k+1 reads, that of the last layer on what {@code linear} reads; the state that
 * a layer hands to its own next time step is never dropped.
 *
 * @param ofLayers L masks, each {@code float[T*B*H]} of zeros and {@code 1/(1−p)}; or none at all
 *     where nothing is dropped
 */
public record DropoutMasks(List<float[]> ofLayers) {
  public static final DropoutMasks NONE = new DropoutMasks(List.of());

  public boolean isEmpty() {
    return ofLayers.isEmpty();
  }

  /** A shard's part of the masks of a batch. */
  public DropoutMasks of(Shard shard, Batch batch) {
    if (isEmpty() || shard.size() == batch.batchSize()) {
      return this;
    }
    int hidden = ofLayers.get(0).length / batch.predictions();
    return new DropoutMasks(
        ofLayers.stream().map(mask -> shard.of(mask, batch.batchSize(), hidden)).toList());
  }
}
