package io.github.lyricist.distributed;

import io.github.lyricist.experiment.Learning;
import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler.EpochBatches;
import io.github.lyricist.sampling.Shard;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerState;
import io.github.lyricist.training.TrainingSteps.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One member's part of each step: the gradients of its shards, and then the update of all. */
final class ShardWork implements AutoCloseable {
  private final Learning learning;
  private final Roster roster;
  private final List<Shard> shards; // this member's
  private final List<RecurrentState> states = new ArrayList<>(); // of each
  private final FlatGradient layout;
  private final float[][] parts; // a gradient of each

  ShardWork(Learning learning, Roster roster, int rank) {
    this.learning = learning;
    this.roster = roster;
    this.shards = roster.sequencesOf(rank, learning.spec().sampler().batchSize());
    shards.forEach(shard -> states.add(learning.model().newState(shard.size())));
    learning.trainer().clear();
    this.layout = new FlatGradient(learning.trainer().gradient());
    this.parts = new float[shards.size()][layout.length()];
  }

  /** How many elements a gradient has. */
  int length() {
    return layout.length();
  }

  /** As {@link io.github.lyricist.training.TrainingSteps#take} has it, with the other members. */
  Measured take(int epoch, int first, int end, double learningRate, Exchange exchange)
      throws IOException {
    double[] losses = new double[(end - first) * shards.size()];
    EpochBatches batches = learning.sampler().epoch(epoch);
    long predictions = 0;
    for (int i = first; i < end; i++) {
      Batch batch = batches.get(i);
      predictions += batch.predictions();
      DropoutMasks masks = learning.dropout().masks(epoch, i, batch.steps(), batch.batchSize());
      if (learning.sampler().startsFromZero(epoch, i)) {
        states.forEach(RecurrentState::clear);
      }
      for (int k = 0; k < shards.size(); k++) {
        long all = (long) (end - first) * batch.predictions();
        losses[(i - first) * shards.size() + k] = learn(k, batch, masks, all).crossEntropy();
      }
      exchange.add(parts);
    }
    double[][] lossesOfAll = new double[roster.ranks()][];
    for (int rank = 0; rank < roster.ranks(); rank++) {
      lossesOfAll[rank] = new double[(end - first) * roster.shardsOf(rank).size()];
    }
    float[] sum = exchange.gather(losses, lossesOfAll);
    double crossEntropy = total(lossesOfAll, end - first);
    return new Measured(
        new Evaluation(crossEntropy, predictions), update(sum, crossEntropy, learningRate));
  }

  private Evaluation learn(int k, Batch batch, DropoutMasks masks, long predictions) {
    learning.trainer().clear();
    Evaluation evaluation =
        learning
            .trainer()
            .accumulate(
                shards.get(k).of(batch),
                masks.of(shards.get(k), batch),
                states.get(k),
                predictions);
    layout.copy(learning.trainer().gradient(), parts[k]);
    return evaluation;
  }

  /** In the order in which one process would add them up. */
  private double total(double[][] losses, int batches) {
    double total = 0;
    for (int i = 0; i < batches; i++) {
      for (double[] ofRank : losses) {
        int count = ofRank.length / batches;
        for (int k = 0; k < count; k++) {
          total += ofRank[i * count + k];
        }
      }
    }
    return total;
  }

  private double update(float[] sum, double crossEntropy, double learningRate) {
    learning.trainer().clear();
    learning.trainer().add(layout.of(sum));
    if (Double.isFinite(crossEntropy)) {
      return learning.trainer().update(learningRate);
    }
    learning.trainer().clear();
    return Double.NaN;
  }

  /** A copy of the states of this member's shards. */
  List<HiddenState> hidden() {
    return states.stream().map(RecurrentState::copy).toList();
  }

  /** Continues from where one process, or another group, stood. */
  void restore(HiddenState hidden, OptimizerState optimizer) {
    for (int k = 0; k < shards.size(); k++) {
      states.get(k).set(hidden.select(shards.get(k).rows()));
    }
    learning.trainer().restore(optimizer);
  }

  @Override
  public void close() {
    states.forEach(RecurrentState::close);
  }
}
