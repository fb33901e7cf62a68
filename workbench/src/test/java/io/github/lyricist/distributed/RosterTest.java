package io.github.lyricist.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.sampling.Shard;
import org.junit.jupiter.api.Test;

class RosterTest {
  @Test
  void theShardsGoToTheMembersInBlocks() {
    Roster roster = new Roster(3, 7, true);
    assertThat(roster.computingRanks()).containsExactly(0, 1, 2);
    assertThat(roster.shardsOf(0)).isEqualTo(new Shard(0, 3));
    assertThat(roster.shardsOf(1)).isEqualTo(new Shard(3, 5));
    assertThat(roster.shardsOf(2)).isEqualTo(new Shard(5, 7));
  }

  @Test
  void aLeaderThatOnlyLeadsHasNeitherShardsNorASlice() {
    Roster roster = new Roster(3, 4, false);
    assertThat(roster.computingRanks()).containsExactly(1, 2);
    assertThat(roster.shardsOf(0).size()).isZero();
    assertThat(roster.shardsOf(1)).isEqualTo(new Shard(0, 2));
    assertThat(roster.sliceEnd(0, 100) - roster.sliceBegin(0, 100)).isZero();
    assertThat(roster.sliceBegin(1, 100)).isZero();
    assertThat(roster.sliceEnd(2, 100)).isEqualTo(100);
  }

  @Test
  void theSlicesCoverAGradient() {
    for (int ranks = 1; ranks < 6; ranks++) {
      Roster roster = new Roster(ranks, 8, true);
      int at = 0;
      for (int rank = 0; rank < ranks; rank++) {
        assertThat(roster.sliceBegin(rank, 13)).isEqualTo(at);
        at = roster.sliceEnd(rank, 13);
      }
      assertThat(at).isEqualTo(13);
    }
  }
}
