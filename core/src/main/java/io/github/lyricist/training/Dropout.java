package io.github.lyricist.training;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws the dropout masks of each batch, the same ones for every engine. */
public final class Dropout {
  private static final double TWO_TO_32 = 0x1p32;

  /** Which masks a sequence has. */
  public enum Kind {
    /** Another one at each time step. */
    EACH,
    /**
     * One for all time steps of a batch (Gal and Ghahramani, 2016: variational dropout; here, as
     * all dropout of ours, of what a layer puts out, not of what it hands to its own next step).
     */
    LOCKED
  }

  private final ModelSpec spec;
  private final Kind kind;
  private final RandomStreams random;
  private DropoutMasks masks = DropoutMasks.NONE;

  public Dropout(ModelSpec spec, Kind kind, RandomStreams random) {
    this.spec = spec;
    this.kind = kind;
    this.random = random;
  }

  /**
   * The masks of one batch, valid until the next call.
   *
   * @param epoch from 1
   * @param batch within its epoch, from 0
   * @param steps T
   * @param batchSize B
   */
  public DropoutMasks masks(int epoch, int batch, int steps, int batchSize) {
    if (spec.dropout() == 0) {
      return DropoutMasks.NONE;
    }
    int ofStep = Math.multiplyExact(batchSize, spec.hidden());
    int length = Math.multiplyExact(steps, ofStep);
    if (masks.isEmpty() || masks.ofLayers().get(0).length != length) {
      List<float[]> layers = new ArrayList<>();
      for (int k = 0; k < spec.layers(); k++) {
        layers.add(new float[length]);
      }
      masks = new DropoutMasks(layers);
    }
    UniformRandomProvider numbers = random.stream(Purpose.DROPOUT, epoch, batch);
    masks.ofLayers().forEach(mask -> draw(mask, kind == Kind.LOCKED ? ofStep : length, numbers));
    return masks;
  }

  /**
   * Two elements from each 64 random bits, a mask being drawn in every step.
   *
   * @param drawn so many elements, which are repeated to the end
   */
  private void draw(float[] mask, int drawn, UniformRandomProvider numbers) {
    float kept = (float) (1 / (1 - spec.dropout()));
    long dropped = Math.round(spec.dropout() * TWO_TO_32);
    for (int i = 0; i < drawn; i += 2) {
      long bits = numbers.nextLong();
      mask[i] = (bits & 0xFFFF_FFFFL) < dropped ? 0 : kept;
      if (i + 1 < drawn) {
        mask[i + 1] = bits >>> Integer.SIZE < dropped ? 0 : kept;
      }
    }
    for (int i = drawn; i < mask.length; i += drawn) {
      System.arraycopy(mask, 0, mask, i, drawn);
    }
  }
}
