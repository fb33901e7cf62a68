package io.github.lyricist.training;

import io.github.lyricist.model.Evaluation;
import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.sampling.Sampler;
import io.github.lyricist.sampling.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Steps on one trainer, which computes the gradient of each shard of a batch alone, and adds them
 * up in their order. So the sum is the same wherever each shard is computed.
 */
public final class ShardedSteps implements TrainingSteps {
  private final Sampler sampler;
  private final Dropout dropout;
  private final Trainer trainer;
  private final List<Shard> shards;
  private final List<RecurrentState> states = new ArrayList<>(); // of each shard

  /**
   * @param shards of each batch, in their order
   * @param newState makes the zero state of so many sequences of the model that is trained
   */
  public ShardedSteps(
      Sampler sampler,
      Dropout dropout,
      Trainer trainer,
      List<Shard> shards,
      IntFunction<RecurrentState> newState) {
    this.sampler = sampler;
    this.dropout = dropout;
    this.trainer = trainer;
    this.shards = List.copyOf(shards);
    shards.forEach(shard -> states.add(newState.apply(shard.size())));
  }

  @Override
  public Measured take(int epoch, int first, int end, double learningRate) {
    Evaluation predicted = Evaluation.NONE;
    Sampler.EpochBatches batches = sampler.epoch(epoch);
    for (int i = first; i < end; i++) {
      Batch batch = batches.get(i);
      DropoutMasks masks = dropout.masks(epoch, i, batch.steps(), batch.batchSize());
      boolean fromZero = sampler.startsFromZero(epoch, i);
      for (int k = 0; k < shards.size(); k++) {
        if (fromZero) {
          states.get(k).clear();
        }
        predicted =
            predicted.plus(
                trainer.accumulate(
                    shards.get(k).of(batch),
                    masks.of(shards.get(k), batch),
                    states.get(k),
                    (long) (end - first) * batch.predictions()));
      }
    }
    return new Measured(predicted, trainer.update(learningRate));
  }

  @Override
  public HiddenState hidden() {
    return HiddenState.joined(states.stream().map(RecurrentState::copy).toList());
  }

  @Override
  public OptimizerState optimizerState() {
    return trainer.optimizerState();
  }

  @Override
  public void restore(HiddenState hidden, OptimizerState optimizer) {
    for (int k = 0; k < shards.size(); k++) {
      states.get(k).set(hidden.select(shards.get(k).rows()));
    }
    trainer.restore(optimizer);
  }

  @Override
  public void close() {
    states.forEach(RecurrentState::close);
  }
}
