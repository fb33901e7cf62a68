package io.github.lyricist.backend;

/**
 * An engine, as {@link java.util.ServiceLoader} finds it. To add one, write a module that
 * implements this, {@link Backend}, {@link io.github.lyricist.model.RecurrentModel} and {@link
 * io.github.lyricist.training.Trainer}, and name this implementation in {@code META-INF/services}.
 */
public interface BackendProvider {
  /** What users call the engine: {@code backend: NAME} in a config. */
  String name();

  /**
   * Whether the engine can run here. Cheap: loads no native library. What it throws counts as a
   * reason why not.
   */
  Availability availability();

  /**
   * Starts the engine.
   *
   * @param requested the device asked for
   * @param threads how many threads it may compute with, from 1 to {@link Threads#MOST}; {@link
   *     Threads#require} checks it
   * @throws io.github.lyricist.InvalidInputException if there is no such device, or the number of
   *     threads is out of range
   */
  Backend open(DeviceRequest requested, int threads);
}
