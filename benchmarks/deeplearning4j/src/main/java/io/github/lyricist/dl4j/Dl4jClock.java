package io.github.lyricist.dl4j;

import io.github.lyricist.bench.StepClock;
import io.github.lyricist.bench.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps of a {@link Dl4jNetwork}: {@code fit} on a batch. Each begins with a state of zeros and
 * goes back through all of its T time steps, so that there is nothing to truncate or to carry on.
 */
final class Dl4jClock extends StepClock {
  private static final int BATCHES = 2; // not more: one-hot, they are large

  private final Workload workload;
  private final MultiLayerNetwork network;
  private final List<DataSet> batches = new ArrayList<>();
  private int next;

  Dl4jClock(Workload workload) {
    this.workload = workload;
    this.network = Dl4jNetwork.of(workload);
    Random random = new Random(1);
    for (int i = 0; i < BATCHES; i++) {
      int[][] input = ids(random);
      batches.add(
          new DataSet(
              workload.embedding() == null ? oneHot(input) : Nd4j.createFromArray(input),
              oneHot(ids(random))));
    }
  }

  /** Token ids {@code [B, T]}. */
  private int[][] ids(Random random) {
    int[][] ids = new int[workload.batchSize()][];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = random.ints(workload.steps(), 0, workload.vocabularySize()).toArray();
    }
    return ids;
  }

  /** {@code [B, V, T]}, as DL4J wants it; time steps are together in memory, as it has them. */
  private INDArray oneHot(int[][] ids) {
    long[] shape = {workload.batchSize(), workload.vocabularySize(), workload.steps()};
    INDArray all = Nd4j.create(DataType.FLOAT, shape, 'f');
    for (int i = 0; i < ids.length; i++) {
      for (int t = 0; t < ids[i].length; t++) {
        all.putScalar(i, ids[i][t], t, 1);
      }
    }
    return all;
  }

  @Override
  protected void step() {
    network.fit(batches.get(next++ % BATCHES));
  }

  @Override
  public void close() {
    network.close();
    for (DataSet batch : batches) {
      batch.getFeatures().close();
      batch.getLabels().close();
    }
  }
}
