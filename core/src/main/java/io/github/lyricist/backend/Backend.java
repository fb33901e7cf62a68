package io.github.lyricist.backend;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A started engine. After {@link #close} it makes nothing more; what it made is closed by whoever
 * asked for it, before.
 */
public interface Backend extends AutoCloseable {
  /** The engine and its version, for provenance: {@code PyTorch 2.7.1}. */
  String version();

  /** The device in use: {@code cpu}, {@code cuda:0}. */
  String device();

  /**
   * What it fell back from, why, and which flag or step mends that: one line for each, to be shown
   * to the user. Empty where it computes as fast as it can.
   */
  default List<String> notices() {
    return List.of();
  }

  /**
   * A model that starts from these parameters.
   *
   * @param initial exactly the parameters of {@link ModelSpec#shapes}; handed over: the model takes
   *     the arrays, and none are left afterwards
   * @param use whether it will be trained
   * @throws io.github.lyricist.InvalidInputException naming the key of what this engine can't do
   */
  RecurrentModel createModel(ModelSpec spec, Parameters initial, Use use);

  /**
   * A trainer of a model that this backend made for training. A model has one trainer at a time.
   *
   * @throws io.github.lyricist.InvalidInputException naming the key of what this engine can't do
   */
  Trainer createTrainer(RecurrentModel model, TrainingSpec spec);

  /**
   * Estimates the memory that training would take with a model of this shape, or where it is null
   * reading and writing: the model and its workspace, not what the engine takes anyway.
   *
   * @param vocabularySize V
   * @param batchSize B
   * @param steps T
   */
  MemoryNeed memoryNeed(
      ModelSpec spec,
      int vocabularySize,
      int batchSize,
      int steps,
      @Nullable TrainingSpec training);

  /** Stops the engine; a second call does nothing. */
  @Override
  void close();
}
