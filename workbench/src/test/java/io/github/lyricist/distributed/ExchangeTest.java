package io.github.lyricist.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.sampling.Shard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of several members, over real connections, beside those of one loop. */
class ExchangeTest {
  private static final int BATCHES = 3;

  private final List<Connection> open = new ArrayList<>();

  /** A connection between each two of so many members: of each member, by the other's rank. */
  private List<List<@Nullable Connection>> mesh(int ranks) throws IOException {
    List<List<@Nullable Connection>> mesh = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      mesh.add(new ArrayList<>(Collections.nCopies(ranks, null)));
    }
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      for (int a = 0; a < ranks; a++) {
        for (int b = 0; b < a; b++) {
          Connection calling = Connection.to("127.0.0.1", server.getLocalPort());
          Connection called = new Connection(server.accept());
          mesh.get(a).set(b, calling);
          mesh.get(b).set(a, called);
          open.addAll(List.of(calling, called));
        }
      }
    }
    return mesh;
  }

  private static float[][][] gradients(int shards, int length) {
    UniformRandomProvider random = new RandomStreams(7).stream(Purpose.SHUFFLE, 1);
    float[][][] gradients = new float[BATCHES][shards][length];
    for (float[][] batch : gradients) {
      for (float[] shard : batch) {
        for (int i = 0; i < length; i++) {
          shard[i] =
              i % 5 == 0
                  ? -0.0f
                  : (random.nextFloat() - 0.5f) * (float) Math.exp(9 * shard.length % 7);
        }
      }
    }
    return gradients;
  }

  private static float[] sum(float[][][] gradients) {
    float[] sum = gradients[0][0].clone();
    for (int batch = 0; batch < BATCHES; batch++) {
      for (int shard = batch == 0 ? 1 : 0; shard < gradients[batch].length; shard++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += gradients[batch][shard][i];
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true, 10", "1, 3, true, 10", "2, 2, true, 1000", "2, 5, true, 70001",
    "4, 4, true, 3", "4, 7, true, 100000", "3, 4, false, 1001", "2, 1, false, 17"
  })
  void theSumIsThatOfOneLoopToTheLastBit(int ranks, int shards, boolean leaderComputes, int length)
      throws Exception {
    Roster roster = new Roster(ranks, shards, leaderComputes);
    float[][][] gradients = gradients(shards, length);
    List<List<@Nullable Connection>> mesh = mesh(ranks);
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    List<Callable<Void>> members = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      int own = rank;
      members.add(
          () -> {
            takePart(roster, own, mesh.get(own), gradients);
            return null;
          });
    }
    for (Future<Void> member : threads.invokeAll(members)) {
      member.get();
    }
    threads.shutdown();
    for (Connection connection : open) {
      connection.close();
    }
  }

  /** Twice, since what is left of the first sum must not be in the second. */
  private static void takePart(
      Roster roster, int rank, List<@Nullable Connection> peers, float[][][] gradients)
      throws IOException {
    Shard own = roster.shardsOf(rank);
    try (Exchange exchange = new Exchange(roster, rank, peers, gradients[0][0].length)) {
      for (int round = 0; round < 2; round++) {
        double[] losses = new double[BATCHES * own.size()];
        for (int batch = 0; batch < BATCHES; batch++) {
          float[][] parts = new float[own.size()][];
          for (int k = 0; k < parts.length; k++) {
            parts[k] = gradients[batch][own.first() + k];
            losses[batch * own.size() + k] = 100 * batch + own.first() + k;
          }
          exchange.add(parts);
        }
        double[][] all = new double[roster.ranks()][];
        for (int other = 0; other < all.length; other++) {
          all[other] = new double[BATCHES * roster.shardsOf(other).size()];
        }
        float[] sum = exchange.gather(losses, all);
        assertThat(bits(sum)).isEqualTo(bits(sum(gradients)));
        for (int other : roster.computingRanks()) {
          assertThat(all[other][0]).isEqualTo(roster.shardsOf(other).first());
        }
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void floatsOfAnyNumberArriveAsTheyWere() throws Exception {
    List<List<@Nullable Connection>> mesh = mesh(2);
    Connection from = Objects.requireNonNull(mesh.get(0).get(1));
    Connection to = Objects.requireNonNull(mesh.get(1).get(0));
    for (int length : new int[] {0, 1, 16383, 16384, 16385, 40000}) {
      float[] sent = gradients(1, Math.max(1, length))[0][0];
      Thread sender =
          new Thread(
              () -> {
                try {
                  from.writeFloats(sent, 0, length);
                  from.flush();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      sender.start();
      float[] received = new float[sent.length];
      to.readFloats(received, 0, length);
      sender.join();
      for (int i = 0; i < length; i++) {
        assertThat(received[i]).isEqualTo(sent[i]);
      }
    }
    for (Connection connection : open) {
      connection.close();
    }
  }
}
