package io.github.lyricist.backend;

import io.github.lyricist.model.ModelSpec;
import io.github.lyricist.model.Parameters;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.training.Trainer;
import io.github.lyricist.training.TrainingSpec;
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
   * A model that starts from these parameters.
   *
   * @param initial exactly the parameters of {@link ModelSpec#shapes}; copied
   * @throws io.github.lyricist.InvalidInputException naming the key of what this engine can't do
   */
  RecurrentModel createModel(ModelSpec spec, Parameters initial);

  /**
   * A trainer of a model that this backend made.
   *
   * @throws io.github.lyricist.InvalidInputException naming the key of what this engine can't do
   */
  Trainer createTrainer(RecurrentModel model, TrainingSpec spec);

  /**
   * A product {@code [size, size]} as fast as the engine has it, to measure the machine by; null
   * where it has none of its own.
   */
  default @Nullable SquareProduct squareProduct(int size) {
    return null;
  }

  /** Stops the engine; a second call does nothing. */
  @Override
  void close();
}
