package io.github.lyricist.backend;

/**
 * An engine, as {@link java.util.ServiceLoader} finds it. To add one, write a module that
 * implements this, {@link Backend}, {@link io.github.lyricist.model.RecurrentModel} and {@link
 * io.github.lyricist.training.Trainer}, and name this implementation in {@code META-INF/services}.
 */
public interface BackendProvider {
  /** What users call the engine: {@code backend: NAME} in a config. */
  String name();

  /** Whether the engine can run here. Cheap: loads no native library. */
  Availability availability();

  /**
   * Starts the engine.
   *
   * @param requested the device asked for
   * @param threads how many threads it may compute with
   * @throws io.github.lyricist.InvalidInputException if there is no such device
   */
  Backend open(DeviceRequest requested, int threads);
}
