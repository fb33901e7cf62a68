package io.github.lyricist.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some sequences of a batch, whose gradient is computed alone.
 *
 * @param first the first one, from 0
 * @param end the one after the last
 */
public record Shard(int first, int end) {

  /**
   * A batch cut into shards, whose sizes differ by one at most, the larger ones first.
   *
   * @param batchSize B
   * @param count how many, at most B
   */
  public static List<Shard> of(int batchSize, int count) {
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException("%d shards of %d sequences".formatted(count, batchSize));
    }
    List<Shard> shards = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < count; i++) {
      int end = first + batchSize / count + (i < batchSize % count ? 1 : 0);
      shards.add(new Shard(first, end));
      first = end;
    }
    return shards;
  }

  /** How many sequences it has. */
  public int size() {
    return end - first;
  }

  /** Which sequences these are. */
  public int[] rows() {
    return IntStream.range(first, end).toArray();
  }

  /** Its part of a batch. */
  public Batch of(Batch batch) {
    return size() == batch.batchSize()
        ? batch
        : new Batch(
            size(),
            batch.steps(),
            of(batch.inputs(), batch.batchSize()),
            of(batch.targets(), batch.batchSize()));
  }

  private int[] of(int[] ids, int batchSize) {
    int steps = ids.length / batchSize;
    int[] part = new int[steps * size()];
    for (int t = 0; t < steps; t++) {
      System.arraycopy(ids, t * batchSize + first, part, t * size(), size());
    }
    return part;
  }

  /**
   * Its part of an array.
   *
   * @param values {@code float[T*B*H]}, or {@code float[L*B*H]}
   * @param batchSize B
   * @param width H
   * @return {@code float[T*size*H]}
   */
  public float[] of(float[] values, int batchSize, int width) {
    int row = batchSize * width;
    int length = size() * width;
    float[] part = new float[values.length / row * length];
    for (int from = first * width, to = 0; to < part.length; from += row, to += length) {
      System.arraycopy(values, from, part, to, length);
    }
    return part;
  }
}
