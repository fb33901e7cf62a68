package io.github.lyricist.config;

import static io.github.lyricist.config.ValueTypes.FLAG;
import static io.github.lyricist.config.ValueTypes.INTEGER;
import static io.github.lyricist.config.ValueTypes.NUMBER;

import io.github.lyricist.config.TrainingKeys.TrainingSection;
import io.github.lyricist.training.OptimizerSpec;
import io.github.lyricist.training.ScheduleSpec;
import io.github.lyricist.training.TrainingSpec;
import org.jspecify.annotations.Nullable;

/** The keys of {@code training}. */
final class TrainingKeys extends Table<TrainingSection> {

  /** What the section says: how to train, and what to record. */
  record TrainingSection(TrainingSpec spec, boolean tensorBoard) {
    static TrainingSection of(ExperimentSpec experiment) {
      return new TrainingSection(experiment.training(), experiment.tensorBoard());
    }
  }

  private final Key<TrainingSection, Integer> epochs =
      key(
          "epochs",
          INTEGER,
          section -> section.spec().epochs(),
          "at least 0",
          "How often the text is gone through; 0 writes the initial parameters and stops.");
  private final Key<TrainingSection, OptimizerSpec> optimizer =
      key(
          "optimizer",
          OptimizerKeys.all(),
          section -> section.spec().optimizer(),
          "How a gradient changes the parameters.");
  private final Key<TrainingSection, @Nullable Double> clipNorm =
      key(
          "clipNorm",
          ValueTypes.orNull(NUMBER),
          section -> section.spec().clipNorm(),
          "above 0",
          "The greatest norm of the gradient over all parameters; null does not clip.");
  private final Key<TrainingSection, @Nullable Double> clipValue =
      key(
          "clipValue",
          ValueTypes.orNull(NUMBER),
          section -> section.spec().clipValue(),
          "above 0",
          "The greatest magnitude of each element of the gradient, after clipNorm; null does not clip.");
  private final Key<TrainingSection, ScheduleSpec> schedule =
      key(
          "schedule",
          ScheduleKeys.all(),
          section -> section.spec().schedule(),
          "How the learning rate changes.");
  private final Key<TrainingSection, Integer> accumulate =
      key(
          "accumulate",
          INTEGER,
          section -> section.spec().accumulate(),
          "at least 1",
          "Batches whose mean gradient is applied at once, as if they were one; an epoch's last"
              + " ones may be fewer.");
  private final Key<TrainingSection, Integer> shards =
      key(
          "shards",
          INTEGER,
          section -> section.spec().shards(),
          "from 1 to sampler.batchSize",
          "Parts of a batch whose gradients are computed alone and added up in their order; as many"
              + " workers may share them out, with the same result.");
  private final Key<TrainingSection, @Nullable Integer> earlyStop =
      key(
          "earlyStop",
          ValueTypes.orNull(INTEGER),
          section -> section.spec().earlyStop(),
          "at least 1",
          "Epochs without a better validation perplexity after which to stop; null never does.");
  private final Key<TrainingSection, Boolean> tensorBoard =
      key(
          "tensorboard",
          FLAG,
          TrainingSection::tensorBoard,
          "Whether the run also writes a file of events for TensorBoard.");

  TrainingKeys() {
    super(TrainingSection.of(ExperimentSpec.DEFAULT));
  }

  @Override
  TrainingSection make(Values<TrainingSection> values) {
    TrainingSpec spec =
        new TrainingSpec(
            values.get(epochs),
            values.get(optimizer),
            values.get(clipNorm),
            values.get(clipValue),
            values.get(schedule),
            values.get(accumulate),
            values.get(shards),
            values.get(earlyStop));
    return new TrainingSection(spec, values.get(tensorBoard));
  }
}
