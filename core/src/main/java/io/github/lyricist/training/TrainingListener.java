package io.github.lyricist.training;

/** Told what happens in a training, on the training's own thread. */
@FunctionalInterface
public interface TrainingListener {
  void on(TrainingEvent event);
}
