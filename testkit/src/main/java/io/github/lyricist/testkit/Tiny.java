package io.github.lyricist.testkit;

import io.github.lyricist.model.Cell;
import io.github.lyricist.model.Initialization;
import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.random.RandomStreams;
import io.github.lyricist.random.RandomStreams.Purpose;
import io.github.lyricist.sampling.Batch;
import io.github.lyricist.training.Dropout;
import io.github.lyricist.training.DropoutMasks;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.OptimizerSpec.Sgd;
import io.github.lyricist.training.ScheduleSpec.Constant;
import io.github.lyricist.training.TrainingSpec;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Models and batches so small that every number can be looked at. */
public final class Tiny {
  /** V. */
  public static final int VOCABULARY = 7;

  /** H. */
  public static final int HIDDEN = 5;

  private static final RandomStreams RANDOM = new RandomStreams(42);

  private Tiny() {}

  /** One layer on one-hot input. */
  public static ModelSpec model(Cell cell, boolean recurrentBias) {
    return new ModelSpec(cell, HIDDEN, 1, null, false, 0, recurrentBias);
  }

  /** Every cell with every feature that an engine must compute, in few models. */
  public static Stream<ModelSpec> architectures() {
    return architectures(HIDDEN);
  }

  /** The same with another H. */
  public static Stream<ModelSpec> architectures(int hidden) {
    return Cell.all().stream()
        .flatMap(
            cell ->
                Stream.of(
                    new ModelSpec(cell, hidden, 1, null, false, 0, true),
                    new ModelSpec(cell, hidden, 1, null, false, 0.4, false),
                    new ModelSpec(cell, hidden, 1, hidden - 1, false, 0, true),
                    new ModelSpec(cell, hidden, 2, null, false, 0, true),
                    new ModelSpec(cell, hidden, 3, hidden, true, 0.3, false)));
  }

  /** Parameters large enough that every nonlinearity is felt. */
  public static Parameters parameters(ModelSpec spec) {
    return new Initialization(Initialization.Type.PYTORCH, 0.01).draw(spec, VOCABULARY, RANDOM);
  }

  /** A batch of random ids; the same number gives the same batch. */
  public static Batch batch(int batchSize, int steps, int number) {
    UniformRandomProvider random = RANDOM.stream(Purpose.SHUFFLE, number);
    int[] inputs = random.ints((long) batchSize * steps, 0, VOCABULARY).toArray();
    int[] targets = random.ints((long) batchSize * steps, 0, VOCABULARY).toArray();
    return new Batch(batchSize, steps, inputs, targets);
  }

  /** Dropout masks of such a model for a batch; the same number gives the same masks. */
  public static DropoutMasks dropout(ModelSpec spec, Batch batch, int number) {
    return new Dropout(spec, Dropout.Kind.EACH, RANDOM)
        .masks(1, number, batch.steps(), batch.batchSize());
  }

  /** Plain stochastic gradient descent. */
  public static TrainingSpec training(@Nullable Double clipNorm) {
    return training(new Sgd(1, 0), clipNorm, null);
  }

  /** Training by this optimizer. */
  public static TrainingSpec training(
      OptimizerSpec optimizer, @Nullable Double clipNorm, @Nullable Double clipValue) {
    return new TrainingSpec(1, optimizer, clipNorm, clipValue, new Constant(), 1, 1, null);
  }
}
