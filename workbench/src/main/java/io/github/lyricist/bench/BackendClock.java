package io.github.lyricist.bench;

import io.github.lyricist.backend.Backend;
import io.github.lyricist.backend.Use;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.RecurrentState;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Steps on a backend. */
final class BackendClock extends StepClock {
  private static final int BATCHES = 8;

  private final RecurrentModel model;
  private final Trainer trainer;
  private final RecurrentState state;
  private final List<Batch> batches = new ArrayList<>();
  private int next;

  BackendClock(Backend backend, Workload workload) {
    RandomStreams random = new RandomStreams(1);
    this.model =
        backend.createModel(
            workload.model(),
            Initialization.DEFAULT.draw(workload.model(), workload.vocabularySize(), random),
            Use.TRAINING);
    this.trainer = backend.createTrainer(model, TrainingSpec.DEFAULT);
    this.state = model.newState(workload.batchSize());
    UniformRandomProvider numbers = random.stream(Purpose.SHUFFLE, 0);
    for (int i = 0; i < BATCHES; i++) {
      batches.add(
          new Batch(
              workload.batchSize(),
              workload.steps(),
              ids(workload, numbers),
              ids(workload, numbers)));
    }
  }

  private static int[] ids(Workload workload, UniformRandomProvider numbers) {
    long count = (long) workload.batchSize() * workload.steps();
    return numbers.ints(count, 0, workload.vocabularySize()).toArray();
  }

  @Override
  protected void prepare() {
    state.clear();
  }

  @Override
  protected void step() {
    Batch batch = batches.get(next++ % BATCHES);
    trainer.step(batch, DropoutMasks.NONE, state, TrainingSpec.DEFAULT.optimizer().learningRate());
  }

  @Override
  public void close() {
    state.close();
    trainer.close();
    model.close();
  }
}
