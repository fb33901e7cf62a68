package io.github.lyricist.distributed;

import io.github.lyricist.sampling.Shard;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who does what. Members have ranks from 0, which is the leader's. The shards go to them in blocks,
 * in the order of the ranks; so does the gradient, of which each that has shards adds up one slice.
 *
 * @param ranks how many members there are
 * @param shards how many a batch has
 * @param leaderComputes whether the leader has shards, too
 */
record Roster(int ranks, int shards, boolean leaderComputes) {

  /** How many compute. */
  int computing() {
    return leaderComputes ? ranks : ranks - 1;
  }

  private int place(int rank) {
    return leaderComputes ? rank : rank - 1;
  }

  /** Whether this member computes. */
  boolean computes(int rank) {
    return place(rank) >= 0;
  }

  /** The members that compute, ascending. */
  List<Integer> computingRanks() {
    return IntStream.range(0, ranks).filter(this::computes).boxed().toList();
  }

  /** The numbers of the shards that a member computes, from 0: some, or none at all. */
  Shard shardsOf(int rank) {
    return computes(rank) ? Shard.of(shards, computing()).get(place(rank)) : new Shard(0, 0);
  }

  /** These shards, as the sequences of a batch that they are. */
  List<Shard> sequencesOf(int rank, int batchSize) {
    Shard own = shardsOf(rank);
    return Shard.of(batchSize, shards).subList(own.first(), own.end());
  }

  /** Where the slice of a gradient begins that a member adds up. */
  int sliceBegin(int rank, int length) {
    return bound(place(rank), length);
  }

  /** Where it ends. */
  int sliceEnd(int rank, int length) {
    return bound(place(rank) + 1, length);
  }

  private int bound(int place, int length) {
    return (int) ((long) length * Math.max(0, place) / computing());
  }
}
