package io.github.lyricist.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTest {
  @Test
  void sizesDifferByOneAtMostAndTheLargerComeFirst() {
    assertThat(Shard.of(10, 4))
        .containsExactly(new Shard(0, 3), new Shard(3, 6), new Shard(6, 8), new Shard(8, 10));
    assertThat(Shard.of(3, 3)).containsExactly(new Shard(0, 1), new Shard(1, 2), new Shard(2, 3));
    assertThat(Shard.of(5, 1)).containsExactly(new Shard(0, 5));
  }

  @Test
  void thereAreNoneWithoutSequences() {
    assertThatThrownBy(() -> Shard.of(3, 4)).hasMessage("4 shards of 3 sequences");
    assertThatThrownBy(() -> Shard.of(3, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cutsItsSequencesOutOfABatch() {
    Batch batch = new Batch(3, 2, new int[] {1, 2, 3, 4, 5, 6}, new int[] {4, 5, 6, 7, 8, 9});
    List<Shard> shards = Shard.of(3, 2);
    Batch first = shards.get(0).of(batch);
    assertThat(first.batchSize()).isEqualTo(2);
    assertThat(first.steps()).isEqualTo(2);
    assertThat(first.inputs()).containsExactly(1, 2, 4, 5);
    assertThat(first.targets()).containsExactly(4, 5, 7, 8);
    assertThat(shards.get(1).of(batch).inputs()).containsExactly(3, 6);
    assertThat(new Shard(0, 3).of(batch)).isSameAs(batch);
  }

  @Test
  void cutsItsRowsOutOfAnArray() {
    float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; // T = 2, B = 3, H = 2
    assertThat(new Shard(1, 3).of(values, 3, 2)).containsExactly(3, 4, 5, 6, 9, 10, 11, 12);
  }
}
